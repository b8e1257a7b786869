import { LRUCache } from 'lru-cache';
import type { WireEvent } from './wire.ts';

/** More than there are languages or time zones: whoever sends others just makes us read them again. */
const MAX_KNOWN = 1000;

const canonicalTag = remembered((tag) => Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0]);

const usableZone = remembered((id) => {
  const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: id }).resolvedOptions();
  return timeZone === '' ? undefined : id;
});

/** The person's language and time zone, as far as this runtime can use them: what `Intl` would throw at is absent. */
export function localeOf(common: WireEvent['common']): { locale?: string; timeZone?: string } {
  const tag = common?.userLocale;
  const id = common?.timeZone?.id;
  const locale = tag === undefined ? undefined : canonicalTag(tag);
  const timeZone = id === undefined ? undefined : usableZone(id);
  return {
    ...(locale === undefined ? {} : { locale }),
    ...(timeZone === undefined ? {} : { timeZone }),
  };
}

/** Asks `Intl` once for each value: it takes longer over these two than all else takes over an event. */
function remembered(read: (value: string) => string | undefined) {
  const known = new LRUCache<string, { read: string | undefined }>({ max: MAX_KNOWN });
  return (value: string): string | undefined => {
    const before = known.get(value);
    if (before !== undefined) return before.read;
    const found = { read: attempt(value, read) };
    known.set(value, found);
    return found.read;
  };
}

function attempt(value: string, read: (value: string) => string | undefined): string | undefined {
  try {
    return read(value);
  } catch {
    return undefined;
  }
}
