import assert from 'node:assert/strict';
import { it } from 'node:test';
import { decideAck, type Outcome } from '../../src/subscriber/outcome.ts';

/** The table of the ack policy: each kind of outcome once. */
const POLICY: { [result in Outcome['result']]: readonly [Outcome & { result: result }, string] } = {
  answered: [{ result: 'answered' }, 'ack'],
  parked: [{ result: 'parked' }, 'ack'],
  scheduled: [{ result: 'scheduled' }, 'ack'],
  duplicate: [{ result: 'duplicate' }, 'ack'],
  busy: [{ result: 'busy' }, 'nack'],
  ignored: [{ result: 'ignored', reason: 'bot' }, 'ack'],
  unreadable: [{ result: 'unreadable', reason: 'not-json' }, 'ack'],
  retry: [{ result: 'retry', reason: 'chat_unavailable' }, 'nack'],
  refused: [{ result: 'refused', reason: 'chat_not_member' }, 'ack'],
  failed: [{ result: 'failed', reason: 'unexpected' }, 'ack'],
};

it('holds what another worker is on until its lease ends, if that is known', () => {
  assert.deepEqual(decideAck({ result: 'busy', leaseUntil: 7000 }), { holdUntil: 7000 });
});

for (const [outcome, decision] of Object.values(POLICY)) {
  it(`${decision}s what is ${outcome.result}`, () => assert.equal(decideAck(outcome), decision));
}
