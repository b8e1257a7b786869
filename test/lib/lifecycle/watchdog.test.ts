import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { FIXTURE, Watched } from './watched.ts';

const lastWords = z.object({
  severity: z.string(),
  service: z.string(),
  error: z.object({ stack: z.array(z.string()) }),
});

/** Ten beats of 50 ms are the patience of a fixture that is told to be impatient. */
describe('a process that hangs', () => {
  for (const [way, culprit] of [
    ['hung-in-a-loop', 'runsInCircles'],
    ['hung-in-a-call', 'waitsForNobody'],
  ] as const) {
    it(`is killed, and says where it was: ${way}`, async (t) => {
      const { code, signal, messages, output } = await new Watched(t, way, 'impatient').ended();
      assert.deepEqual([code, signal], [null, 'SIGKILL']);
      assert.match(messages.at(-1) ?? '', /^the event loop has not turned for 0\.5 s/);
      const last = lastWords.parse(JSON.parse(output.split('\n').at(-1) ?? ''));
      assert.deepEqual([last.severity, last.service], ['ERROR', 'fixture']);
      assert.match(
        last.error.stack[0] ?? '',
        new RegExp(`^at ${culprit} .*fixture\\.ts:\\d+:\\d+`),
      );
    });
  }

  it('for less than its patience goes on', async (t) => {
    const watched = new Watched(t, 'hung-for-a-moment', 'impatient');
    await watched.said('it turns again');
    watched.kill('SIGTERM');
    assert.equal((await watched.ended()).code, 0);
  });

  it('because it was stopped, as a computer that sleeps does it, goes on afterwards', async (t) => {
    const watched = new Watched(t, 'quick', 'impatient');
    await watched.said('started');
    watched.kill('SIGSTOP');
    // Nothing tells of it: it is time that has to pass.
    await wait(1500);
    watched.kill('SIGCONT');
    await wait(1000);
    watched.kill('SIGTERM');
    const { code, messages } = await watched.ended();
    assert.deepEqual([code, messages], [0, ['started', 'stopping', 'finished']]);
  });

  it('because nobody reads what it writes is killed, too', async (t) => {
    const child = spawn(process.execPath, [FIXTURE, 'hung-in-writing', 'impatient'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    t.after(() => child.kill('SIGKILL'));
    await once(child, 'exit');
    assert.equal(child.signalCode, 'SIGKILL');
  });
});
