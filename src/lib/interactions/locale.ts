import { remembered } from '../remembered.ts';
import type { WireEvent } from './wire.ts';

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
