import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { createRequest } from '../../../src/lib/chat/message-request.ts';
import { spaceName } from '../../../src/lib/names.ts';
import { commandButton } from '../../../src/subscriber/command-button.ts';
import { incidentCard, incidentOn } from '../../../src/subscriber/commands/incident-card.ts';
import {
  type Entry,
  type Incident,
  statusOf,
  withEntry,
} from '../../../src/subscriber/commands/incident-state.ts';

const TOPIC = `projects/${'p'.repeat(30)}/topics/${'t'.repeat(255)}`;
const button: Parameters<typeof incidentCard>[1] = (content) =>
  commandButton({ command: 'incident', topic: TOPIC }, content);
const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

const line = (max: number) =>
  fc.string({ unit: 'grapheme' }).map((text) => text.slice(0, max).toWellFormed());
const entry: fc.Arbitrary<Entry> = fc.record(
  {
    id: fc.stringMatching(/^[0-9a-f]{16}$/),
    status: fc.constantFrom('open', 'investigating', 'resolved'),
    by: line(60),
    at: fc.nat(),
  },
  { noNullPrototype: true },
);
const incident: fc.Arbitrary<Incident> = fc.record(
  {
    title: line(128),
    locale: fc.constantFrom('en', 'pt-BR', 'xx', 'not a language'),
    timeZone: fc.constantFrom('Asia/Tokyo', 'Nowhere/Land'),
    entries: fc
      .tuple(entry, fc.array(entry, { maxLength: 19 }))
      .map(([first, rest]): [Entry, ...Entry[]] => [first, ...rest]),
  },
  { requiredKeys: ['title', 'locale', 'entries'], noNullPrototype: true },
);

/** What Chat gives back of a card. */
const buttonsOf = (card: ReturnType<typeof incidentCard>) =>
  (card.sections ?? [])
    .flatMap(({ widgets }) => widgets ?? [])
    .flatMap(({ buttonList }) => buttonList?.buttons ?? [])
    .map(({ onClick }) =>
      Object.fromEntries(
        (onClick?.action?.parameters ?? []).map(({ key, value }) => [key ?? '', value ?? '']),
      ),
    );

it('carries all of an incident', () => {
  fc.assert(
    fc.property(incident, (before) => {
      const card = incidentCard(before, button);
      assert.deepEqual(incidentOn(buttonsOf(card)), before);
    }),
  );
});

it('fits into a message, whatever people are called', () => {
  for (const sign of ['"', '\\', '&', '漢', '\u{1F468}']) {
    const of = (length: number) => sign.repeat(length / sign.length);
    const one: Entry = { id: 'f'.repeat(16), status: 'resolved', by: of(60), at: 8.64e15 };
    const largest: Incident = {
      title: of(128),
      locale: 'x'.repeat(300),
      timeZone: 'z'.repeat(300),
      entries: [one, ...Array.from({ length: 19 }, () => one)],
    };
    const card = incidentCard(largest, button);
    assert.ok(incidentOn(buttonsOf(card)) !== undefined);
    const message = createRequest(spaceName.parse('spaces/NEW'), { card });
    assert.ok(bytes(message.requestBody) < 32_000, sign);
  }
});

it('takes nothing else for an incident', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      assert.equal(incidentOn([{}, { incident: text }]), undefined);
    }),
  );
});

it('is the same whatever is pressed twice, and never longer than it may be', () => {
  fc.assert(
    fc.property(incident, fc.array(entry, { maxLength: 30 }), (before, presses) => {
      let now = before;
      for (const one of [...presses, ...presses]) {
        const next = withEntry(now, one);
        if (next !== undefined) assert.equal(withEntry(next, one), undefined);
        now = next ?? now;
      }
      assert.ok(now.entries.length <= 20);
      assert.deepEqual(now.entries[0], before.entries[0], 'who opened it is never forgotten');
      assert.deepEqual(incidentOn(buttonsOf(incidentCard(now, button))), now);
    }),
  );
});

it('knows a press again that Chat told no time of', () => {
  const one: Entry = { id: 'one', status: 'investigating', by: 'Ana', at: 1 };
  const opened: Incident = {
    title: 'X',
    locale: 'en',
    entries: [{ ...one, id: 'zero', status: 'open', at: 0 }],
  };
  const pressed = withEntry(opened, one) ?? assert.fail();
  const again = withEntry(pressed, { ...one, id: 'two', status: 'resolved', at: 2 });
  assert.equal(withEntry(again ?? assert.fail(), { ...one, at: 3 }), undefined);
});

it('keeps who opened it, and what came last', () => {
  const at = (minute: number): Entry => ({
    id: `press ${minute}`,
    status: minute % 2 === 0 ? 'investigating' : 'resolved',
    by: 'Ana',
    at: minute,
  });
  let now: Incident = { title: 'X', locale: 'en', entries: [{ ...at(0), status: 'open' }] };
  for (let minute = 1; minute <= 40; minute++) now = withEntry(now, at(minute)) ?? now;
  assert.deepEqual(
    now.entries.map((one) => one.at),
    [0, ...Array.from({ length: 19 }, (_, index) => index + 22)],
  );
  assert.equal(statusOf(now), 'investigating');
  assert.equal(withEntry(now, { ...at(3), id: 'late' }), undefined, 'long out of sight');
});
