import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Watched } from './watched.ts';

describe('a process', { concurrency: 2 }, () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`finishes what has begun and exits with 0 on ${signal}`, async (t) => {
      const watched = new Watched(t, 'quick');
      await watched.said('started');
      watched.kill(signal);
      const { code, messages } = await watched.ended();
      assert.deepEqual(messages, ['started', 'stopping', 'finished']);
      assert.equal(code, 0);
    });
  }

  for (const [signal, expected] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const) {
    it(`exits at once, with ${expected}, on a second ${signal}`, async (t) => {
      const watched = new Watched(t, 'slow');
      await watched.said('started');
      watched.kill('SIGTERM');
      await watched.said('stopping');
      watched.kill(signal);
      assert.equal((await watched.ended()).code, expected);
    });
  }

  it('exits with 0 on a signal while it starts', async (t) => {
    const watched = new Watched(t, 'never-started');
    await watched.said('started');
    watched.kill('SIGTERM');
    assert.equal((await watched.ended()).code, 0);
  });

  it('exits with 78 when it can’t use its configuration, and lists all problems on stderr', async (t) => {
    const { code, stderr } = await new Watched(t, 'bad-config').ended();
    assert.equal(code, 78);
    assert.match(stderr, /^2 problems with the configuration:\n {2}STORE: is missing\n/);
    assert.match(stderr, /\n {2}PORT: is no port\n {4}→ Choose one\.\n$/);
  });

  for (const [way, message] of [
    ['rejection', 'a promise was rejected unhandled'],
    ['exception', 'an error was thrown unhandled'],
    ['fatal', 'it can’t go on'],
  ] as const) {
    it(`logs why, finishes what has begun and exits with 1: ${way}`, async (t) => {
      const { code, messages, output, stderr } = await new Watched(t, way).ended();
      assert.deepEqual(messages, ['started', message, 'finished']);
      assert.equal(code, 1);
      assert.ok(!output.includes('secret words') && stderr === '');
    });
  }

  it('finishes what has begun although a first signal comes meanwhile', async (t) => {
    const watched = new Watched(t, 'fatal-and-patient');
    await watched.said('finishing');
    watched.kill('SIGTERM');
    const { code, messages } = await watched.ended();
    assert.deepEqual(messages.slice(1), ['it can’t go on', 'finishing', 'stopping', 'finished']);
    assert.equal(code, 1);
  });

  it('exits with 1 when something goes wrong on the way out', async (t) => {
    const watched = new Watched(t, 'careless');
    await watched.said('started');
    watched.kill('SIGTERM');
    const { code, messages } = await watched.ended();
    assert.deepEqual(messages.slice(1), ['stopping', 'a promise was rejected unhandled']);
    assert.equal(code, 1);
  });

  it('exits with 1 when it can’t start', async (t) => {
    const { code, messages, stderr } = await new Watched(t, 'bad-start').ended();
    assert.deepEqual(messages, ['started', 'the start failed']);
    assert.deepEqual([code, stderr], [1, '']);
  });

  it('exits with 1 when its stop fails', async (t) => {
    const watched = new Watched(t, 'clumsy');
    await watched.said('started');
    watched.kill('SIGTERM');
    const { code, messages } = await watched.ended();
    assert.deepEqual(messages.slice(1), ['stopping', 'the stop did not go as it should']);
    assert.equal(code, 1);
  });
});
