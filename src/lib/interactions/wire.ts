import { z } from 'zod';
import { messageName, spaceName, type ThreadName, threadName, userName } from '../names.ts';
import type { IgnoredReason, Interaction, UnreadableReason } from './interaction.ts';
import { flag, integer, label, lenient, listOf, textUpTo, timestamp } from './lenient.ts';

/**
 * What both of Chat's dialects are made of: the fields that Postern uses, and no others. So neither
 * `configCompleteRedirectUrl` nor a token gets past the parser (chat-platform.md, sections 1, 2 and 4).
 */

/** Chat takes 32,000 bytes per message, text and cards together (chat-platform.md, section 5). */
const MAX_TEXT = 32_000;
/** Of annotations, and of parameters. More than a message has room for. */
const MAX_ITEMS = 1_000;

/** What could be an address, so that none smuggles anything unseen into a card or a token request. */
const address = z
  .string()
  .max(320)
  .regex(/^[^\s\p{C}]+$/u);

export const wireUser = z.object({
  name: lenient(userName),
  displayName: label,
  email: lenient(address),
  type: label,
});

export const wireSpace = z.object({
  name: lenient(spaceName),
  displayName: label,
  type: label,
  spaceType: label,
  singleUserBotDm: flag,
});

export const wireThread = z.object({ name: lenient(threadName) });

const annotation = z.object({
  /** In UTF-16 units of `text`. Zero is not written. */
  startIndex: integer,
  length: integer,
  userMention: lenient(z.object({ type: label, user: lenient(wireUser) })),
  slashCommand: lenient(z.object({ commandName: label })),
});

export const wireMessage = z.object({
  name: lenient(messageName),
  clientAssignedMessageId: label,
  sender: lenient(wireUser),
  space: lenient(wireSpace),
  thread: lenient(wireThread),
  createTime: timestamp,
  lastUpdateTime: timestamp,
  text: textUpTo(MAX_TEXT),
  argumentText: textUpTo(MAX_TEXT),
  /** Longer than what can be posted is as good as absent: a cut could go through a link. */
  formattedText: lenient(
    z
      .string()
      .max(MAX_TEXT)
      .transform((markup) => markup.toWellFormed()),
  ),
  annotations: listOf(annotation, MAX_ITEMS),
  slashCommand: lenient(z.object({ commandId: integer })),
  matchedUrl: lenient(z.object({})),
  privateMessageViewer: lenient(z.object({})),
});

export const wireCommandMetadata = z.object({ appCommandId: integer, appCommandType: label });

/** Cards fit into a message, so their parameters do; a longer one is left out. */
const parameterText = z
  .string()
  .max(MAX_TEXT)
  .transform((text) => text.toWellFormed());

const parameterValue = z.union([
  parameterText,
  z.union([z.number(), z.boolean()]).transform((value) => String(value)),
]);

/** As a list of keys and values. */
const parameterList = listOf(
  z
    .object({ key: parameterText, value: parameterValue })
    .transform(({ key, value }) => [key, value] as const),
  MAX_ITEMS,
);

/** As a map. */
const parameterMap = z
  .custom<object>((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
  .catch({})
  .transform((map): unknown[] => Object.entries(map))
  .pipe(listOf(z.tuple([parameterText, parameterValue]), MAX_ITEMS));

/** `common` or `commonEventObject`. */
export const wireCommon = z.object({
  userLocale: label,
  timeZone: lenient(z.object({ id: label })),
  invokedFunction: label,
  parameters: parameterMap,
});

/** Classic only; the same data as in `common`. */
export const wireAction = z.object({ actionMethodName: label, parameters: parameterList });

/** Set when Chat waits for a dialog, which can't be given over Pub/Sub. */
export const wireDialog = { isDialogEvent: flag, dialogEventType: label };

const DIALOG_TYPES: readonly unknown[] = ['REQUEST_DIALOG', 'SUBMIT_DIALOG', 'CANCEL_DIALOG'];

export function concernsDialog(event: {
  isDialogEvent: boolean;
  dialogEventType?: string | undefined;
}): boolean {
  return event.isDialogEvent || DIALOG_TYPES.includes(event.dialogEventType);
}

type WireUser = z.infer<typeof wireUser>;
export type WireSpace = z.infer<typeof wireSpace>;
export type WireMessage = z.infer<typeof wireMessage>;
export type WireAnnotation = z.infer<typeof annotation>;

/** An event in either dialect, before anything is concluded from it. */
export interface WireEvent {
  dialect: Interaction['dialect'];
  trigger: 'message' | 'command' | 'added' | 'removed' | 'click';
  user: WireUser | undefined;
  /** Wherever the event tells its space, the best first. */
  spaces: readonly (WireSpace | undefined)[];
  thread: ThreadName | undefined;
  message: WireMessage | undefined;
  eventTime: string | undefined;
  command: z.infer<typeof wireCommandMetadata> | undefined;
  action: z.infer<typeof wireAction> | undefined;
  common: z.infer<typeof wireCommon> | undefined;
}

/** An event that ends at the parser. */
export type Dismissed =
  | { outcome: 'ignored'; reason: IgnoredReason }
  | { outcome: 'unreadable'; reason: UnreadableReason };

export const ignored = (reason: IgnoredReason): Dismissed => ({ outcome: 'ignored', reason });
export const unreadable = (reason: UnreadableReason): Dismissed => ({
  outcome: 'unreadable',
  reason,
});
