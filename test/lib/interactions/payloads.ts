import assert from 'node:assert/strict';
import type {
  IgnoredReason,
  Interaction,
  ParsedEvent,
  UnreadableReason,
  WrittenMessage,
} from '../../../src/lib/interactions/interaction.ts';
import { parseEvent } from '../../../src/lib/interactions/parse-event.ts';

/** Anything that JSON can hold in a field. Tests put the wrong things there, too. */
export type Json = Record<string, unknown>;

export const DIALECTS = ['classic', 'add-on'] as const;
export type Dialect = (typeof DIALECTS)[number];

/** Chat leaves out what is empty. */
const NO_TEXTS = { text: undefined, argumentText: undefined, formattedText: undefined };

const TRIGGERS = {
  message: { classic: 'MESSAGE', 'add-on': 'messagePayload' },
  command: { classic: 'APP_COMMAND', 'add-on': 'appCommandPayload' },
  added: { classic: 'ADDED_TO_SPACE', 'add-on': 'addedToSpacePayload' },
  removed: { classic: 'REMOVED_FROM_SPACE', 'add-on': 'removedFromSpacePayload' },
  click: { classic: 'CARD_CLICKED', 'add-on': 'buttonClickedPayload' },
  widget: { classic: 'WIDGET_UPDATED', 'add-on': 'widgetUpdatedPayload' },
} as const;

export const ana = { name: 'users/101', displayName: 'Ana', email: 'ana@a.example', type: 'HUMAN' };
export const app = { name: 'users/900', displayName: 'Postern', type: 'BOT' };
export const bo = { name: 'users/202', displayName: 'Bo', type: 'HUMAN' };
export const otherApp = { name: 'users/901', displayName: 'Postern Test', type: 'BOT' };
export const room = { name: 'spaces/ROOM', type: 'ROOM', spaceType: 'SPACE', displayName: 'Ops' };
export const dm = { name: 'spaces/DM', singleUserBotDm: true, spaceType: 'DIRECT_MESSAGE' };
export const at = '2026-08-17T14:02:11.482123Z';

/** What an event tells, whatever its dialect. `undefined` leaves a field out. */
export interface Told {
  user?: unknown;
  space?: unknown;
  eventTime?: unknown;
  message?: unknown;
  /** `appCommandMetadata`. */
  command?: unknown;
  action?: string;
  parameters?: Json;
  common?: Json;
  /** `isDialogEvent` and `dialogEventType`, or further fields that stand beside the message. */
  beside?: Json;
}

/** A message of Ana's in the room. */
export function message(fields: Json = {}): Json {
  return {
    name: 'spaces/ROOM/messages/M1.M1',
    sender: ana,
    createTime: at,
    text: 'hello there',
    argumentText: 'hello there',
    formattedText: 'hello there',
    thread: { name: 'spaces/ROOM/threads/M1' },
    space: { name: 'spaces/ROOM' },
    ...fields,
  };
}

/** A card of the app's. */
export const card = message({ name: 'spaces/ROOM/messages/CARD', sender: app });

/** A mention in `text`, as Chat annotates it. */
export function mention(text: string, words: string, user: Json = app, fields: Json = {}): Json {
  const startIndex = text.indexOf(words);
  assert.notEqual(startIndex, -1, `"${words}" is not in "${text}"`);
  return {
    type: 'USER_MENTION',
    startIndex,
    length: words.length,
    userMention: { user, type: 'MENTION', ...fields },
  };
}

/** `/post good news`, as Chat sends it in a message event. */
export const slash = (fields: Json = {}): Json =>
  message({
    text: '/post good news',
    formattedText: '/post good news',
    argumentText: ' good news',
    slashCommand: { commandId: '1' },
    annotations: [
      {
        type: 'SLASH_COMMAND',
        length: 5,
        slashCommand: { bot: app, type: 'INVOKE', commandName: '/post', commandId: '1' },
      },
    ],
    ...fields,
  });

/** The same, in a command event. */
export const slashMetadata = { appCommandId: 1, appCommandType: 'SLASH_COMMAND' };

/** `@Postern hi`, where the app is there already (MENTION) or is added by it (ADD). */
export const byMention = (type: string): Json =>
  message({
    text: '@Postern hi',
    formattedText: '@Postern hi',
    argumentText: ' hi',
    annotations: [mention('@Postern hi', '@Postern', app, { type })],
  });

export function payload(dialect: Dialect, trigger: keyof typeof TRIGGERS, told: Told = {}): Json {
  const { user, space, eventTime } = { user: ana, space: room, eventTime: at, ...told };
  const common = { userLocale: 'en', timeZone: { id: 'Europe/Zurich', offset: 7.2e6 } };
  const shared = { ...told.beside, space, message: told.message, appCommandMetadata: told.command };
  if (dialect === 'add-on') {
    const parameters = { ...told.parameters, __action_method_name__: told.action };
    return {
      commonEventObject: { hostApp: 'CHAT', ...common, parameters, ...told.common },
      chat: { user, eventTime, [TRIGGERS[trigger][dialect]]: shared },
    };
  }
  const { parameters = {}, action } = told;
  const list = Object.entries(parameters).map(([key, value]) => ({ key, value }));
  return {
    ...shared,
    type: TRIGGERS[trigger][dialect],
    eventTime,
    user,
    action: { actionMethodName: action, parameters: list },
    common: { ...common, parameters, invokedFunction: action, ...told.common },
  };
}

/** What happens, and what is said, in one of the dialects. */
export function eventsIn(dialect: Dialect) {
  const event = (trigger: keyof typeof TRIGGERS, told?: Told): Json =>
    payload(dialect, trigger, told);
  const said = (fields: Json = {}, told: Told = {}): Json =>
    event('message', { message: message(fields), ...told });
  return { event, said };
}

/** As pulled from the subscription. */
export function parse(event: unknown, id = 'pubsub-1'): ParsedEvent {
  return parseEvent({ data: Buffer.from(JSON.stringify(event)), attributes: {}, id });
}

/** @throws when there is no interaction, or not one of this kind */
export function parsed<K extends Interaction['kind']>(
  kind: K,
  event: unknown,
  id?: string,
): Extract<Interaction, { kind: K }> {
  const result = parse(event, id);
  assert.equal(result.outcome, 'interaction', JSON.stringify(result));
  const { interaction } = result;
  assert.ok(isOfKind(kind, interaction), interaction.kind);
  return interaction;
}

function isOfKind<K extends Interaction['kind']>(
  kind: K,
  interaction: Interaction,
): interaction is Extract<Interaction, { kind: K }> {
  return interaction.kind === kind;
}

export const ignored = (reason: IgnoredReason) => ({ outcome: 'ignored', reason });
export const unreadable = (reason: UnreadableReason) => ({ outcome: 'unreadable', reason });

/** What of a message with these texts and annotations is meant for others than the app. */
export function written(fields: Json): WrittenMessage {
  const event = payload('classic', 'message', { message: message({ ...NO_TEXTS, ...fields }) });
  return parsed('message', event).message;
}

/** The same, of a slash command. */
export function writtenBySlash(fields: Json): WrittenMessage {
  const command = message({ ...NO_TEXTS, slashCommand: { commandId: '1' }, ...fields });
  const interaction = parsed('command', payload('classic', 'message', { message: command }));
  assert.ok(interaction.message);
  return interaction.message;
}

/** The same, of a message to the app, whose mention is the first `@Postern` unless told. */
export function toApp(text: string, formattedText: string, annotations?: Json[]): WrittenMessage {
  return written({
    text,
    formattedText,
    annotations: annotations ?? [mention(text, '@Postern')],
  });
}
