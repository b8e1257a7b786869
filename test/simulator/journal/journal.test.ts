import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { NewEntry } from '../../../simulator/journal/entry.ts';
import { createJournal } from '../../../simulator/journal/journal.ts';

const call = (at: number): NewEntry => ({
  kind: 'call',
  at,
  verb: 'GET',
  url: '/v1/spaces',
  authorization: 'Bearer ya29.a0secretsecret',
  status: 200,
  tookMs: 1,
});

describe('the journal', () => {
  it('keeps the last entries, and numbers all of them', () => {
    const journal = createJournal(3);
    for (let at = 1; at <= 10; at++) journal.append(call(at));
    assert.deepEqual(
      journal.entries().map(({ n, at }) => [n, at]),
      [
        [8, 8],
        [9, 9],
        [10, 10],
      ],
    );
  });

  it('lets no secret in', () => {
    const journal = createJournal();
    journal.append(call(1));
    assert.ok(!JSON.stringify(journal.entries()).includes('secretsecret'));
  });

  it('tells of each entry, until one leaves', () => {
    const journal = createJournal();
    const seen: number[] = [];
    const leave = journal.onEntry(({ at }) => seen.push(at));
    journal.append(call(1));
    leave();
    journal.append(call(2));
    assert.deepEqual(seen, [1]);
  });
});
