import { z } from 'zod';
import type { StoreLocation } from '../store/open-store.ts';
import { parseTokenKeys } from '../store/token-keys.ts';

/** How the values of variables are parsed, where it takes more than a line. Each issue says what is wrong, after the name. */

const required = z.string({ error: 'is missing' });

/** An id, or the full name. */
export const resource = (collection: 'subscriptions' | 'topics') =>
  required.regex(
    new RegExp(`^(projects/[a-z0-9:.-]+/${collection}/)?[A-Za-z][\\w.~+%-]{2,254}$`),
    `is neither an id nor projects/{project}/${collection}/{id}`,
  );

/** A port number. */
export const anyPort = z
  .string()
  .regex(/^\d{1,5}$/, 'is not a port number')
  .transform(Number)
  .pipe(z.number().max(65_535, 'is not a port number'));

export const port = (byDefault: number) => anyPort.default(byDefault);

/** A whole number, within bounds. */
export const count = (byDefault: number, least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, 'is not a whole number')
    .transform(Number)
    .pipe(z.number().min(least, `is less than ${least}`).max(most, `is more than ${most}`))
    .default(byDefault);

/** A number of at most two decimals. */
export const rate = (byDefault: number, least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,4}(\.\d{1,2})?$/, 'is not a number with two decimals at most')
    .transform(Number)
    .pipe(z.number().min(least, `is less than ${least}`).max(most, `is more than ${most}`))
    .default(byDefault);

/** Where everything is kept. */
export const store = z
  .string()
  .default('firestore:auth-data')
  .transform((text, context): StoreLocation => {
    const [, kind, place] = /^(firestore|sqlite):(.+)$/.exec(text) ?? [];
    if (kind === 'firestore' && place !== undefined) return { kind, database: place };
    if (kind === 'sqlite' && place !== undefined) return { kind, path: place };
    context.addIssue('is neither firestore:{database} nor sqlite:{path}');
    return z.NEVER;
  });

/** What secrets are encrypted with. */
export const tokenKeys = required.transform((text, context) => {
  const parsed = parseTokenKeys(text);
  if ('keys' in parsed) return parsed.keys;
  context.addIssue(parsed.problems.join('; '));
  return z.NEVER;
});

/** `1:help,2:connect`: the ids of the Chat API page, and the commands they stand for. */
export const commands = z
  .string()
  .default('')
  .transform((text, context): ReadonlyMap<number, string> => {
    const entries = text.split(',').filter((entry) => entry.trim() !== '');
    const pairs = entries.map((entry) => /^\s*(\d{1,4})\s*:\s*([a-z-]+)\s*$/.exec(entry));
    const ids = new Map<number, string>();
    for (const pair of pairs) {
      const [, id, name] = pair ?? [];
      if (id === undefined || name === undefined || ids.has(Number(id))) {
        context.addIssue('is not a list of id:command, each id once');
        return z.NEVER;
      }
      ids.set(Number(id), name);
    }
    return ids;
  });
