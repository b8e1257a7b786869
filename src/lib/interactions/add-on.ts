import { z } from 'zod';
import { reasonForType } from './classic.ts';
import { flag, lenient, timestamp } from './lenient.ts';
import { isAppMention } from './mentions.ts';
import {
  concernsDialog,
  type Dismissed,
  ignored,
  unreadable,
  type WireEvent,
  wireCommandMetadata,
  wireCommon,
  wireDialog,
  wireMessage,
  wireSpace,
  wireThread,
  wireUser,
} from './wire.ts';

/** All payloads in one: which fields are there depends on the payload's key. */
const payload = z.object({
  ...wireDialog,
  space: lenient(wireSpace),
  thread: lenient(wireThread),
  message: lenient(wireMessage),
  appCommandMetadata: lenient(wireCommandMetadata),
  /** The app was added by a mention or a command, which follows in an event of its own. */
  interactionAdd: flag,
});

/** The event of a Google Workspace add-on that extends Chat: the payload's key says what happened (chat-platform.md, section 2). */
const addOnEvent = z.object({
  chat: z.looseObject({
    type: lenient(z.string()),
    eventTime: timestamp,
    user: lenient(wireUser),
    space: lenient(wireSpace),
  }),
  commonEventObject: lenient(wireCommon),
});

const TRIGGERS: ReadonlyMap<string, WireEvent['trigger']> = new Map([
  ['messagePayload', 'message'],
  ['appCommandPayload', 'command'],
  ['addedToSpacePayload', 'added'],
  ['removedFromSpacePayload', 'removed'],
  ['buttonClickedPayload', 'click'],
]);

/** Reads an event that has a `chat` object. */
export function readAddOn(json: object): WireEvent | Dismissed {
  const read = addOnEvent.safeParse(json);
  if (!read.success) return unreadable('not-an-event');
  const payloads = Object.entries(read.data.chat).filter(
    ([key, value]) => key.endsWith('Payload') && value !== null,
  );
  const [only, ...others] = payloads;
  if (only !== undefined && others.length === 0) return readPayload(only, read.data);
  const { type } = read.data.chat;
  if (only !== undefined || type === undefined) return unreadable('not-an-event');
  return ignored(reasonForType(type));
}

function readPayload(
  [key, value]: [string, unknown],
  { chat, commonEventObject }: z.infer<typeof addOnEvent>,
): WireEvent | Dismissed {
  if (key === 'widgetUpdatedPayload') return ignored('widget-update');
  const trigger = TRIGGERS.get(key);
  if (trigger === undefined) return ignored('unknown-type');
  const read = payload.safeParse(value);
  if (!read.success) return unreadable('not-an-event');
  const event = read.data;
  if (concernsDialog(event)) return ignored('dialog');
  if (trigger === 'added' && event.interactionAdd) return ignored('message-follows');
  return {
    dialect: 'add-on',
    trigger: trigger === 'message' && addsTheApp(event.message) ? 'added' : trigger,
    user: chat.user,
    spaces: [event.space, chat.space, event.message?.space],
    thread: event.message?.thread?.name ?? event.thread?.name,
    message: event.message,
    eventTime: chat.eventTime,
    command: event.appCommandMetadata,
    action: undefined,
    common: commonEventObject,
  };
}

/** The second of the two events of an addition by mention, which the classic dialect has in one. */
function addsTheApp(message: WireEvent['message']): boolean {
  return (
    message?.annotations.some(
      (annotation) => isAppMention(annotation) && annotation.userMention?.type === 'ADD',
    ) ?? false
  );
}
