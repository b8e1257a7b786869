import { z } from 'zod';
import { lenient, timestamp } from './lenient.ts';
import {
  concernsDialog,
  type Dismissed,
  ignored,
  unreadable,
  type WireEvent,
  wireAction,
  wireCommandMetadata,
  wireCommon,
  wireDialog,
  wireMessage,
  wireSpace,
  wireThread,
  wireUser,
} from './wire.ts';

/** The event as Chat has always sent it: its `type` says what happened (chat-platform.md, section 1). */
const classicEvent = z.object({
  ...wireDialog,
  type: z.string(),
  eventTime: timestamp,
  user: lenient(wireUser),
  space: lenient(wireSpace),
  thread: lenient(wireThread),
  message: lenient(wireMessage),
  appCommandMetadata: lenient(wireCommandMetadata),
  action: lenient(wireAction),
  common: lenient(wireCommon),
});

const TRIGGERS: ReadonlyMap<string, WireEvent['trigger']> = new Map([
  ['MESSAGE', 'message'],
  ['APP_COMMAND', 'command'],
  ['ADDED_TO_SPACE', 'added'],
  ['REMOVED_FROM_SPACE', 'removed'],
  ['CARD_CLICKED', 'click'],
]);

/** Reads an event that has a `type`. */
export function readClassic(json: object): WireEvent | Dismissed {
  const read = classicEvent.safeParse(json);
  if (!read.success) return unreadable('not-an-event');
  const event = read.data;
  const trigger = TRIGGERS.get(event.type);
  if (trigger === undefined) return ignored(reasonForType(event.type));
  if (concernsDialog(event)) return ignored('dialog');
  return {
    dialect: 'classic',
    trigger,
    user: event.user,
    spaces: [event.space, event.message?.space],
    thread: event.message?.thread?.name ?? event.thread?.name,
    message: event.message,
    eventTime: event.eventTime,
    command: event.appCommandMetadata,
    action: event.action,
    common: event.common,
  };
}

/** Why an event of this `type` is none of ours. App Home comes as a bare `type` in the add-on's wrapping, too. */
export function reasonForType(type: string): 'app-home' | 'widget-update' | 'unknown-type' {
  if (type === 'APP_HOME' || type === 'SUBMIT_FORM') return 'app-home';
  return type === 'WIDGET_UPDATED' ? 'widget-update' : 'unknown-type';
}
