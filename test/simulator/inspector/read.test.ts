import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from '../../../simulator/inspector/read.ts';
import type { InspectorView } from '../../../simulator/inspector/view.ts';
import type { NewEntry } from '../../../simulator/journal/entry.ts';
import { createTown } from '../page/town.ts';
import { ANA, happened, journalOf, REQUEST } from './journal-of.ts';

const { published, delivered, settled, ledger, call } = happened;
const { world } = createTown();

function look(...entries: NewEntry[]): InspectorView {
  return inspect(journalOf(entries), world, '');
}

describe('a line of the inspector', () => {
  const state = (...entries: NewEntry[]) => look(...entries).rows[0]?.state.text;

  for (const { what, entries, says } of [
    { what: 'nobody has pulled yet', entries: [published(0)], says: 'Nobody has pulled it' },
    {
      what: 'is being worked on',
      entries: [published(0), delivered(1), ledger(2, 'running')],
      says: 'Being worked on',
    },
    {
      what: 'waits for a consent',
      entries: [published(0), ledger(2, 'waiting', 'running'), settled(3, 'acknowledged')],
      says: 'Waits for Ana’s consent',
    },
    {
      what: 'was answered as a person',
      entries: [published(0), call(5, ANA), ledger(9, 'done', 'running', 'answered')],
      says: 'Answered as Ana',
    },
    {
      what: 'was answered so that one person sees it',
      entries: [
        published(0),
        call(5, 'app', 200, { privateMessageViewer: { name: ANA } }),
        ledger(9, 'done', 'running', 'answered'),
      ],
      says: 'Answered privately',
    },
    {
      what: 'was refused',
      entries: [published(0), call(5, ANA, 403), ledger(9, 'done', 'running', 'refused')],
      says: 'Refused',
    },
    {
      what: 'comes again, where nobody can look into the ledger',
      entries: [published(0), delivered(1), settled(2, 'handed-back')],
      says: 'Handed back, comes again',
    },
    {
      what: 'is none of the app’s business',
      entries: [published(0, { kind: 'ignored', reason: 'bot' }), settled(2, 'acknowledged')],
      says: 'None of the app’s business: bot',
    },
  ]) {
    it(`says of what ${what}: “${says}”`, () => {
      assert.equal(state(...entries), says);
    });
  }

  it('is one for all that belongs to a request, and tells who, where, what and how long', () => {
    const [space] = world.spaces();
    const { rows } = look(
      published(0, { space: space?.resource.name }),
      delivered(1),
      call(200, ANA),
      ledger(220, 'done', 'running', 'answered'),
      published(900, { space: space?.resource.name }),
    );
    assert.equal(rows.length, 1);
    const [row] = rows;
    assert.equal(row?.title, 'Ana in Launch party');
    assert.equal(row?.text, '@Postern hi');
    assert.equal(row?.tookMs, 212);
  });

  it('has trouble when a call has failed, though the request was answered in the end', () => {
    const { rows } = look(
      published(0),
      call(1, ANA, 503),
      call(2, ANA),
      ledger(3, 'done', 'running', 'answered'),
    );
    assert.equal(rows[0]?.hasTrouble, true);
  });

  it('has none when Chat says that the message stands there already', () => {
    assert.equal(look(published(0), call(1, ANA, 409)).rows[0]?.hasTrouble, false);
  });

  it('stands for itself when it belongs to no request', () => {
    const { requestId: _none, ...alone } = call(5, ANA);
    const { rows } = look(published(0), alone);
    assert.deepEqual(
      rows.map(({ kind, title }) => [kind, title]),
      [
        ['call', 'Posts a message as Ana'],
        ['message', 'Ana'],
      ],
    );
  });
});

describe('the picture', () => {
  const journey = [
    published(0),
    delivered(2),
    ledger(3, 'running'),
    call(10, 'app', 200, { privateMessageViewer: { name: ANA } }),
    ledger(30, 'waiting', 'running'),
    settled(31, 'acknowledged'),
    ledger(41_000, 'due', 'waiting'),
  ];

  it('has each step in its lane, and tells what the time was spent on', () => {
    const { timeline } = look(...journey);
    assert.deepEqual(
      timeline?.steps.map(({ from, to, title, waited }) => [`${from} ${to}`, title, waited]),
      [
        ['chat pubsub', 'Chat publishes the event', undefined],
        ['pubsub postern', 'The subscriber pulls it', undefined],
        ['postern postern', 'Ledger: new, so it is claimed', undefined],
        ['postern api', 'Posts a message as the app, which only Ana sees', undefined],
        ['postern postern', 'Ledger: put aside', undefined],
        ['postern pubsub', 'Acked', undefined],
        ['postern postern', 'Ledger: due', 'waits for the consent'],
      ],
    );
    assert.equal(timeline?.requestId, REQUEST);
    assert.equal(timeline?.ledger?.state, 'due');
  });

  it('has the event in both dialects', () => {
    const labels = look(...journey).timeline?.steps[0]?.details.map(({ label }) => label);
    assert.deepEqual(labels, [
      'As published: classic dialect',
      'In the add-on dialect',
      'Pub/Sub message',
    ]);
  });

  it('puts what began first before what was written down first', () => {
    const { timeline } = look(published(0), ledger(7, 'running'), call(5, ANA));
    assert.deepEqual(
      timeline?.steps.map(({ at }) => at),
      [0, 5, 7],
    );
  });

  it('tells a second event and a second delivery from the first', () => {
    const { timeline } = look(
      published(0),
      delivered(1),
      settled(2, 'handed-back'),
      delivered(4),
      published(5),
    );
    assert.deepEqual(
      timeline?.steps.map(({ title }) => title),
      [
        'Chat publishes the event',
        'The subscriber pulls it',
        'Nacked: not now',
        'The subscriber pulls it again (2)',
        'The same event is published again',
      ],
    );
  });

  it('is of what was chosen, and of nothing when that is not remembered', () => {
    const journal = journalOf(journey);
    assert.equal(inspect(journal, world, REQUEST).timeline?.key, REQUEST);
    assert.equal(inspect(journal, world, 'gone').timeline, null);
  });
});
