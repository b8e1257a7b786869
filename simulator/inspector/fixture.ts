import type { Subject } from '../journal/entry.ts';
import { withoutCapability } from '../journal/mask.ts';
import type { KeptMessage } from '../journal/watch-pubsub.ts';
import { readData } from '../journal/watch-pubsub.ts';

/** Of what was written: enough to know it again. */
const MAX_WORDS = 40;

/** What a saved event is called: `message-hello-there.add-on.json`. */
export function fixtureName({
  kind,
  text,
  dialect,
}: Pick<Subject, 'kind' | 'text' | 'dialect'>): string {
  const words = (text ?? '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/^@\S+\s+/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_WORDS)
    .replace(/^-+|-+$/g, '');
  const name = words === '' ? kind : `${kind}-${words}`;
  return dialect === undefined ? `${name}.json` : `${name}.${dialect}.json`;
}

/**
 * The event as it was published, as JSON to be read by people, too. Chat's one secret in it is masked: such files end up in
 * bug reports, and the app makes no use of it.
 */
export function fixtureOf({ published }: KeptMessage): string {
  return `${JSON.stringify(withoutCapability(readData(published.data)), null, 2)}\n`;
}
