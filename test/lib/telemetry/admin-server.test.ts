import assert from 'node:assert/strict';
import { once } from 'node:events';
import { it, type TestContext } from 'node:test';
import { createAdminApp, listenOnLoopback } from '../../../src/lib/telemetry/admin-server.ts';
import { createMetering } from '../../../src/lib/telemetry/metering.ts';

async function serve(t: TestContext, ready: () => Promise<boolean>) {
  const metrics = createMetering('subscriber');
  const server = await listenOnLoopback(createAdminApp({ ready, metrics }), 0);
  t.after(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  const get = (path: string) => fetch(`http://127.0.0.1:${address.port}${path}`);
  return { metrics, address, get };
}

it('listens on loopback only', async (t) => {
  const { address } = await serve(t, async () => true);
  assert.equal(address.address, '127.0.0.1');
});

it('rejects when its port is taken', async (t) => {
  const { address } = await serve(t, async () => true);
  const app = createAdminApp({ ready: async () => true, metrics: createMetering('subscriber') });
  await assert.rejects(listenOnLoopback(app, address.port), { code: 'EADDRINUSE' });
});

it('is alive whether it is ready or not', async (t) => {
  const { get } = await serve(t, () => Promise.reject(new Error('down')));
  const response = await get('/livez');
  assert.deepEqual([response.status, await response.text()], [200, 'ok']);
});

for (const [what, ready, status, text] of [
  ['requests can be carried out', async () => true, 200, 'ready'],
  ['no messages come in', async () => false, 503, 'not ready'],
  ['the store is down', () => Promise.reject(new Error('secret words')), 503, 'not ready'],
] as const) {
  it(`answers ${status} on /readyz when ${what}`, async (t) => {
    const { get } = await serve(t, ready);
    const response = await get('/readyz');
    assert.deepEqual([response.status, await response.text()], [status, text]);
    assert.match(response.headers.get('content-type') ?? '', /^text\/plain/);
  });
}

it('shows the metrics in Prometheus’ text format', async (t) => {
  const { get, metrics } = await serve(t, async () => true);
  metrics.meter.createCounter('postern.events').add(1, { result: 'answered' });
  const response = await get('/metrics');
  assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
  assert.match(await response.text(), /^postern_events_total\{result="answered"\} 1$/m);
});

it('has nothing else, and does not say what it runs on', async (t) => {
  const { get } = await serve(t, async () => true);
  const response = await get('/oauth2');
  assert.equal(response.status, 404);
  assert.equal(response.headers.get('x-powered-by'), null);
});
