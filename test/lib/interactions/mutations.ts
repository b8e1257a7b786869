import fc from 'fast-check';
import { bo, card, DIALECTS, mention, message, payload, slash, slashMetadata } from './payloads.ts';

const text = '@Postern tell @Bo';
const rich = message({
  text,
  formattedText: '@Postern *tell* <users/202>',
  annotations: [mention(text, '@Postern'), mention(text, '@Bo', bo)],
});
const parameters = { a: '1', b: '2' };

/** One of each kind, in both dialects. */
export const valid: readonly unknown[] = DIALECTS.flatMap((dialect) => [
  payload(dialect, 'message', { message: rich }),
  payload(dialect, 'command', { command: slashMetadata, message: slash() }),
  payload(dialect, 'added', { message: rich }),
  payload(dialect, 'removed'),
  payload(dialect, 'click', { message: card, action: 'approve', parameters }),
]).map((event): unknown => JSON.parse(JSON.stringify(event)));

/** Anything that JSON can hold. */
export const json = fc.jsonValue({ maxDepth: 6, noUnicodeString: false });

/** What a field may hold instead of what it should. */
const odd = fc.oneof(
  json,
  fc.constantFrom(null, '', 0, -1, 1.5, 1e300, '1.0', 'true', [], {}, 'users/1', 'BOT', '\uD800'),
  fc.constantFrom('__proto__', 'constructor', 'x'.repeat(40_000)),
  fc.constant(JSON.parse('{"__proto__":{"type":"BOT"},"constructor":{"prototype":1}}')),
);

export type Path = readonly string[];

/** Every place in it, the whole first. */
export function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsIn(item, [...path, key]))];
}

/** The same, with something else at one place. */
export function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return by;
  const entries = Object.entries(value).map(([name, item]: [string, unknown]) => [
    name,
    name === key ? replaced(item, rest, by) : item,
  ]);
  return Array.isArray(value)
    ? entries.map(([, item]): unknown => item)
    : Object.fromEntries(entries);
}

/** A valid event with up to five fields that are not what they should be. */
export const mutated = fc.constantFrom(...valid).chain((event) => {
  const change = fc.tuple(fc.constantFrom(...pathsIn(event)), odd);
  return fc
    .array(change, { maxLength: 5 })
    .map((changes) =>
      changes.reduce<unknown>((sofar, [path, by]) => replaced(sofar, path, by), event),
    );
});
