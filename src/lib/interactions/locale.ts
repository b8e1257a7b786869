import type { WireEvent } from './wire.ts';

/** The person's language and time zone, as far as this runtime can use them: what `Intl` would throw at is absent. */
export function localeOf(common: WireEvent['common']): { locale?: string; timeZone?: string } {
  const locale = attempt(
    common?.userLocale,
    (tag) => Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0],
  );
  const timeZone = attempt(
    common?.timeZone?.id,
    (id) => new Intl.DateTimeFormat('en', { timeZone: id }).resolvedOptions().timeZone && id,
  );
  return {
    ...(locale === undefined ? {} : { locale }),
    ...(timeZone === undefined ? {} : { timeZone }),
  };
}

function attempt(
  value: string | undefined,
  read: (value: string) => string | undefined,
): string | undefined {
  if (value === undefined) return undefined;
  try {
    return read(value);
  } catch {
    return undefined;
  }
}
