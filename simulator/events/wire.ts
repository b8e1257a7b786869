import { personAsUser } from '../world/people.ts';
import type { StoredMessage, StoredSpace } from '../world/state.ts';
import { idOf, type Moment } from '../world/ticker.ts';
import type { Happening } from './happening.ts';

/** Parts that both dialects share, as they are on the wire: more than Chat's API reference tells. */

export function wireUser({ person }: Happening): object {
  return personAsUser(person);
}

export function wireSpace({ resource }: StoredSpace): object {
  const { createTime: _notInEvents, ...space } = resource;
  return space;
}

export function wireMessage({ resource }: StoredMessage, space: StoredSpace): object {
  const { name, sender, createTime, text, annotations, thread, ...rest } = resource;
  const { argumentText, formattedText, ...others } = rest;
  return {
    name,
    sender,
    createTime,
    ...(text ? { text } : {}),
    ...(annotations === undefined ? {} : { annotations }),
    thread: { name: thread.name, retentionSettings: { state: 'PERMANENT' } },
    space: wireSpace(space),
    ...(argumentText ? { argumentText } : {}),
    ...others,
    retentionSettings: { state: 'PERMANENT' },
    messageHistoryState: 'HISTORY_ON',
    ...(formattedText ? { formattedText } : {}),
    markupSyntax: 'MARKUP_SYNTAX_CHAT',
  };
}

/** Chat need not tell the person's language and time zone (chat-platform.md, section 2). */
export function wireLocale({ person: { locale, timeZone }, now }: Happening): object {
  return {
    ...(locale === undefined ? {} : { userLocale: locale }),
    hostApp: 'CHAT',
    ...(timeZone === undefined
      ? {}
      : { timeZone: { id: timeZone, offset: offsetOf(timeZone, now) } }),
  };
}

/** A secret capability: whoever opens it makes Chat repeat the event (chat-platform.md, section 4). */
export function configCompleteUrl({ now }: Happening): string {
  return `https://chat.google.com/api/bot_config_complete?token=simulated-secret-${idOf('configuration', now)}`;
}

export function appCommand(id: number, type: 'SLASH_COMMAND' | 'QUICK_COMMAND'): object {
  return { appCommandId: id, appCommandType: type };
}

/** How far a time zone is ahead of UTC at that moment, in milliseconds. */
function offsetOf(timeZone: string, { micros }: Moment): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(micros / 1000)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name ?? '') ?? [];
  const magnitude = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === '-' ? -magnitude : magnitude;
}
