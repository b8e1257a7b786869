import { textCard } from '../../lib/chat/cards.ts';
import { permission } from '../../lib/chat/wording.ts';
import type { Grant } from '../../lib/store/store.ts';
import { wording } from '../wording.ts';
import type { AppCommand, Request } from './command.ts';

/** Which account is connected, what it allows, and since when. */
export const status: AppCommand = {
  name: 'status',
  summary: 'See which account is connected, what it allows me, and since when.',
  as: 'app',
  async run({ request, connection, reply }) {
    if (connection.by === 'delegation') return await reply({ text: wording.delegated.status });
    const { grant } = connection;
    if (grant === undefined) return await reply({ text: wording.notConnected });
    return await reply({ card: statusCard(grant, request) });
  },
};

function statusCard(grant: Grant, { person, timeZone }: Request) {
  return textCard({
    title: wording.status.title,
    paragraphs: [
      wording.status.account(grant.email ?? person.email ?? person.displayName),
      wording.status.since(day(grant.grantedAt, timeZone)),
      wording.status.permissions,
      ...grant.scopes.map((scope) => `• ${permission(scope)}`),
    ],
  });
}

function day(time: number, timeZone: string | undefined): string {
  const format = { dateStyle: 'long' } as const;
  try {
    return new Intl.DateTimeFormat('en', { ...format, timeZone: timeZone ?? 'UTC' }).format(time);
  } catch {
    // A zone that this Node doesn't know.
    return new Intl.DateTimeFormat('en', { ...format, timeZone: 'UTC' }).format(time);
  }
}
