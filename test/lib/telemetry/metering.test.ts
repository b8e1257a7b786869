import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createMetering } from '../../../src/lib/telemetry/metering.ts';

it('keeps the numbers of one process apart from another’s', async () => {
  createMetering('subscriber').meter.createCounter('events').add(1);
  assert.doesNotMatch(await createMetering('subscriber').render(), /events/);
});

it('has a metric’s unit in its name, and speaks Prometheus’ text format', async () => {
  const { meter, render, contentType } = createMetering('subscriber');
  meter.createHistogram('wait', { unit: 's' }).record(2);
  meter.createCounter('messages', { unit: '{message}' }).add(1);
  const text = await render();
  assert.match(contentType, /^text\/plain; version=0\.0\.4/);
  assert.match(text, /^wait_seconds_sum 2$/m);
  assert.match(text, /^messages_total 1$/m);
});

it('shows everything else when something can’t be looked up', async () => {
  const { meter, render } = createMetering('subscriber');
  meter.createCounter('messages').add(1);
  meter.createObservableGauge('age').addCallback(() => Promise.reject(new Error('no store')));
  const text = await render();
  assert.match(text, /^messages_total 1$/m);
  assert.doesNotMatch(text, /^age/m);
});
