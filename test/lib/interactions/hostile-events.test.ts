import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ParsedEvent } from '../../../src/lib/interactions/interaction.ts';
import { parseEvent } from '../../../src/lib/interactions/parse-event.ts';
import { mutated, type Path, pathsIn, replaced, valid } from './mutations.ts';
import { app, mention, message, otherApp, parse, payload, written } from './payloads.ts';

/** Long enough for a busy machine, and far from what holds up everybody else. */
const PATIENCE_MS = 2_000;

/** What one of the messages that Chat takes could hold (wire.ts). */
const MAX_TEXT = 32_000;

const OUTCOMES: readonly string[] = [
  'interaction',
  'ignored',
  'unreadable',
] satisfies ParsedEvent['outcome'][];

/** Where each valid event can go wrong. */
const places: readonly [event: unknown, path: Path][] = valid.flatMap((event) =>
  pathsIn(event)
    .slice(1)
    .map((path): [unknown, Path] => [event, path]),
);

const place = fc.constantFrom(...places);

describe('whoever publishes anything', () => {
  it('gets strings through that are bounded and well-formed, and nothing else', () => {
    const surrogates = fc.constantFrom('\uD800', 'a\uDFFFb', '\uD83D', 'x'.repeat(40_000));
    fc.assert(
      fc.property(mutated, place, surrogates, (event, [other, path], text) => {
        for (const result of [parse(event), parse(replaced(other, path, text))]) {
          assert.ok(OUTCOMES.includes(result.outcome));
          for (const one of stringsIn(result)) {
            assert.ok(one.isWellFormed() && one.length <= MAX_TEXT, one.slice(0, 100));
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('breaks nothing with 100,000 levels in any one field', () => {
    const deep = `${'[{"a":'.repeat(50_000)}1${'}]'.repeat(50_000)}`;
    fc.assert(
      fc.property(place, ([event, path]) => {
        const json = JSON.stringify(replaced(event, path, 'HERE')).replace('"HERE"', deep);
        const data = Buffer.from(json);
        const result = timed(() => parseEvent({ data, attributes: {}, id: '1' }));
        assert.ok(OUTCOMES.includes(result.outcome));
      }),
      { numRuns: 50 },
    );
  });

  it('holds nobody up with 10 MB, whatever they are', () => {
    for (const piece of ['[', '{"type":', '"', '\\u0000', '@', ' ']) {
      const data = Buffer.alloc(10_000_000, piece);
      const result = timed(() => parseEvent({ data, attributes: {}, id: '1' }));
      assert.deepEqual(result, { outcome: 'unreadable', reason: 'too-large' });
    }
  });

  it('holds nobody up with any text that fits, and annotations all over it', () => {
    const piece = fc.constantFrom('@', '*', ' ', '<', '<users/', '<a|', '`', '/', '@*', '@ ', '\n');
    const range = fc.record({ startIndex: fc.nat(MAX_TEXT), length: fc.nat(MAX_TEXT) });
    const apps = fc.array(range, { minLength: 100, maxLength: 200 }).map((ranges) =>
      ranges.flatMap((one) => [
        { ...mention('@', '@', app), ...one },
        { ...mention('@', '@', otherApp), ...one, startIndex: one.startIndex + 1 },
      ]),
    );
    fc.assert(
      fc.property(piece, piece, apps, (one, other, annotations) => {
        const fill = (pieces: string): string => pieces.repeat(MAX_TEXT).slice(0, MAX_TEXT);
        const texts = { text: fill(one + other), formattedText: fill(other + one) };
        timed(() => written({ ...texts, annotations }));
      }),
      { numRuns: 50 },
    );
  });

  it('loses at most one field by leaving it out, and never gets another person for it', () => {
    for (const [event, path] of places) {
      const result = parse(replaced(event, path, undefined));
      if (result.outcome !== 'interaction') continue;
      assert.equal(result.interaction.person.name, 'users/101', path.join('.'));
      assert.equal(result.interaction.space.name, 'spaces/ROOM', path.join('.'));
    }
  });
});

describe('what is posted as a person', () => {
  it('mentions no app, so that two apps can’t keep each other busy', () => {
    const words = fc.constantFrom('@Postern', '@Postern Test', 'say', '<users/901>', '<users/900>');
    fc.assert(
      fc.property(fc.array(words, { maxLength: 6 }), (said) => {
        const text = ['@Postern', ...said].join(' ');
        const annotations = [...text.matchAll(/@Postern( Test)?/g)].map(({ index, 0: name }) => ({
          ...mention(text, '@Postern', name.endsWith('Test') ? otherApp : app),
          startIndex: index,
          length: name.length,
        }));
        const fields = { text, formattedText: text, argumentText: undefined, annotations };
        const result = parse(payload('classic', 'message', { message: message(fields) }));
        assert.equal(result.outcome, 'interaction');
        const { interaction } = result;
        assert.equal(interaction.kind, 'message');
        assert.doesNotMatch(interaction.message.markup, /<users\/90[01]>|@Postern/);
      }),
    );
  });
});

function timed<T>(work: () => T): T {
  const started = performance.now();
  const result = work();
  assert.ok(performance.now() - started < PATIENCE_MS);
  return result;
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...stringsIn(item)]);
}
