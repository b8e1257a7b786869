import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { interaction, type ParsedEvent } from '../../../src/lib/interactions/interaction.ts';
import { parseEvent } from '../../../src/lib/interactions/parse-event.ts';
import { json, mutated, replaced } from './mutations.ts';
import { app, DIALECTS, parse } from './payloads.ts';

/** The same, with the keys of every object in another order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, reversed(item)]);
  return Object.fromEntries(entries.toReversed());
}

/** An interaction is what the ledger can write down and read back. */
function assertSound(result: ParsedEvent): void {
  if (result.outcome !== 'interaction') return;
  const readBack = interaction.parse(JSON.parse(JSON.stringify(result.interaction)));
  assert.deepEqual(readBack, result.interaction);
}

describe('whatever is published', () => {
  it('as bytes, is parsed without an error', () => {
    const attributes = fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('ce-type', 'postern-request')),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), attributes, fc.string(), (data, given, id) => {
        assert.notEqual(parseEvent({ data, attributes: given, id }).outcome, 'interaction');
      }),
    );
  });

  it('as JSON, is parsed without an error', () => {
    const shapes = fc.oneof(
      json,
      fc.record({ type: fc.constantFrom('MESSAGE', 'CARD_CLICKED', 'APP_COMMAND'), user: json }),
      fc.record({ type: fc.constantFrom('MESSAGE', 'ADDED_TO_SPACE'), message: json, space: json }),
      fc.record({ chat: fc.record({ messagePayload: json, user: json, eventTime: json }) }),
      fc.record({ chat: json, commonEventObject: json }),
    );
    fc.assert(fc.property(shapes, (event) => assertSound(parse(event))));
  });

  it('as an event gone wrong, is parsed without an error, into something sound', () => {
    fc.assert(
      fc.property(mutated, (event) => assertSound(parse(event))),
      { numRuns: 1_000 },
    );
  });

  it('as nested as it may be, is parsed without an error', () => {
    const nest = fc.tuple(fc.constantFrom('[', '{"chat":', '{"message":'), fc.nat(90_000));
    fc.assert(
      fc.property(nest, ([open, depth]) => {
        const close = open === '[' ? ']' : '}';
        const data = Buffer.from(`${open.repeat(depth)}1${close.repeat(depth)}`);
        const result = parseEvent({ data, attributes: {}, id: '1' });
        assert.equal(result.outcome, 'unreadable');
      }),
      { numRuns: 20 },
    );
  });
});

describe('an event gone wrong', () => {
  it('is never an interaction of a bot', () => {
    fc.assert(
      fc.property(mutated, (event) => {
        const byBot = DIALECTS.reduce<unknown>((sofar, dialect) => {
          const path = dialect === 'classic' ? ['user'] : ['chat', 'user'];
          return replaced(sofar, path, app);
        }, event);
        assert.notEqual(parse(byBot).outcome, 'interaction');
      }),
      { numRuns: 1_000 },
    );
  });

  it('means the same, and is the same request, with its keys in another order', () => {
    fc.assert(
      fc.property(mutated, (event) => assert.deepEqual(parse(reversed(event)), parse(event))),
    );
  });

  it('is the same request under another Pub/Sub id, unless it tells neither message nor time', () => {
    fc.assert(
      fc.property(mutated, fc.string(), (event, id) => {
        const [first, second] = [parse(event), parse(event, id)];
        if (first.outcome !== 'interaction' || first.interaction.eventTime === undefined) return;
        assert.deepEqual(second, first);
      }),
    );
  });
});
