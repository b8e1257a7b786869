import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Subject } from '../../../simulator/journal/entry.ts';
import { createTies } from '../../../simulator/journal/ties.ts';

const message = (person: string, space: string): Subject => ({ kind: 'message', person, space });

describe('what a call belongs to', () => {
  it('is the oldest delivered request of its space', () => {
    const ties = createTies();
    ties.delivered('elsewhere', message('users/1', 'spaces/b'));
    ties.delivered('first', message('users/1', 'spaces/a'));
    ties.delivered('second', message('users/1', 'spaces/a'));
    assert.equal(ties.workedOn({ space: 'spaces/a' }, undefined), 'first');
    ties.settled('first');
    assert.equal(ties.workedOn({ space: 'spaces/a' }, undefined), 'second');
  });

  it('is what the ledger says runs, whatever else is delivered', () => {
    const ties = createTies();
    ties.delivered('done, not acked yet', message('users/1', 'spaces/a'));
    ties.delivered('runs', message('users/1', 'spaces/a'));
    assert.equal(ties.workedOn({ space: 'spaces/a' }, new Set(['runs'])), 'runs');
    assert.equal(ties.workedOn({ space: 'spaces/a' }, new Set()), undefined);
  });

  it('is the person’s request, when it is made elsewhere', () => {
    const ties = createTies();
    ties.delivered('ana’s', message('users/ana', 'spaces/a'));
    ties.delivered('bruno’s', message('users/bruno', 'spaces/a'));
    const where = { space: 'spaces/new', person: 'users/bruno' };
    assert.equal(ties.workedOn(where, undefined), 'bruno’s');
  });

  it('is never another person’s request', () => {
    const ties = createTies();
    ties.delivered('ana’s', message('users/ana', 'spaces/a'));
    const where = { space: 'spaces/a', person: 'users/bruno' };
    assert.equal(ties.workedOn(where, undefined), undefined);
  });

  it('is a notification’s only by its message, or by a webhook: it is worked on beside the rest', () => {
    const ties = createTies();
    ties.delivered('ana’s', message('users/ana', 'spaces/a'));
    ties.delivered('backup', { kind: 'notification', space: 'spaces/a' }, 'client-postern-1');
    const space = 'spaces/a';
    const found = [
      ties.workedOn({ space, messageId: 'client-postern-1' }, undefined),
      ties.workedOn({ space, byWebhook: true }, undefined),
      ties.workedOn({ space, messageId: 'client-postern-2' }, undefined),
      ties.workedOn({ space }, undefined),
    ];
    assert.deepEqual(found, ['backup', 'backup', 'ana’s', 'ana’s']);
  });

  it('is open as long as one of its deliveries is', () => {
    const ties = createTies();
    const subject = message('users/1', 'spaces/a');
    ties.delivered('doubled', subject);
    ties.delivered('doubled', subject);
    ties.settled('doubled');
    assert.ok(ties.isBusy());
    ties.settled('doubled');
    assert.ok(!ties.isBusy());
  });

  it('knows whose it is, though the relay tells the space only', () => {
    const ties = createTies();
    ties.delivered('parked', message('users/ana', 'spaces/a'));
    ties.settled('parked');
    ties.delivered('another', { kind: 'due', space: 'spaces/b' });
    ties.delivered('parked', { kind: 'due', space: 'spaces/a' });
    assert.equal(ties.workedOn({ person: 'users/ana' }, undefined), 'parked');
  });

  it('is found by a ticket that was part of it', () => {
    const ties = createTies();
    ties.remember('ticket', 'request');
    assert.equal(ties.recall('ticket'), 'request');
    assert.equal(ties.recall('another'), undefined);
  });
});
