import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { confirm } from '../../src/admin/confirm.ts';
import type { OperatorTerminal } from '../../src/admin/operator-terminal.ts';

const never = new AbortController().signal;
const QUESTION = 'Delete it?';

function terminal(answer?: string): OperatorTerminal & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    out: () => assert.fail('nothing is answered yet'),
    tell: () => assert.fail(),
    draw: undefined,
    ask:
      answer === undefined
        ? undefined
        : async (question) => {
            asked.push(question);
            return answer;
          },
  };
}

describe('what can’t be undone', () => {
  for (const answer of ['y', 'Y', 'yes', ' YES ']) {
    it(`is confirmed by “${answer}”`, async () => {
      const place = terminal(answer);
      await confirm(place, { question: QUESTION, yes: false }, never);
      assert.deepEqual(place.asked, ['Delete it? This can’t be undone. [y/N] ']);
    });
  }

  for (const answer of ['', 'n', 'no', 'yes please', 'да']) {
    it(`is not done after “${answer}”`, async () => {
      await assert.rejects(confirm(terminal(answer), { question: QUESTION, yes: false }, never), {
        code: 'admin_not_confirmed',
        message: 'Not confirmed. Nothing was done.',
      });
    });
  }

  it('is not done where nobody can be asked, with words for it', async () => {
    await assert.rejects(confirm(terminal(), { question: QUESTION, yes: false }, never), {
      code: 'admin_not_confirmed',
      message: /^Delete it\? .*add --yes\. Nothing was done\.$/,
    });
  });

  it('is not asked about when it was confirmed beforehand', async () => {
    const place = terminal('n');
    await confirm(place, { question: QUESTION, yes: true }, never);
    await confirm(terminal(), { question: QUESTION, yes: true }, never);
    assert.deepEqual(place.asked, []);
  });
});
