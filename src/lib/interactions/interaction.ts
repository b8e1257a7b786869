import { z } from 'zod';
import { messageName, requestId, spaceName, threadName, userName } from '../names.ts';

/** Who did it. The name is the only identity; the rest is for display. */
const person = z.object({
  name: userName,
  displayName: z.string().optional(),
  email: z.string().optional(),
});

/** Where it happened. `group` is an unnamed chat of several people. */
const space = z.object({
  name: spaceName,
  kind: z.enum(['room', 'group', 'dm']),
  displayName: z.string().optional(),
});

/** A person whom a message mentions. */
const mention = z.object({
  name: userName,
  /** Chosen by themselves. */
  displayName: z.string().optional(),
});

/** What a person wrote to the app. */
const writtenMessage = z.object({
  name: messageName.optional(),
  thread: threadName.optional(),
  /** The plain words after the mention or the slash command, trimmed. Commands are found by these. */
  argument: z.string(),
  /** The same words with the person's own mentions and formatting, in Chat's markup: safe to post as that person. */
  markup: z.string(),
  /** The people (no apps) whom it mentions, each once, in order. Absent from what an earlier Postern stored. */
  mentions: z.array(mention).optional(),
  /** `argument` without any mentions. Absent where it is the same. */
  words: z.string().optional(),
});

const common = {
  requestId,
  dialect: z.enum(['classic', 'add-on']),
  person,
  space,
  /** When it happened, by Chat's clock, in milliseconds since the epoch. */
  eventTime: z.number().optional(),
  /** The person's language, as a BCP 47 tag. */
  locale: z.string().optional(),
  /** The person's time zone, as an IANA id. */
  timeZone: z.string().optional(),
  /** Of a request that waits for its hour: the text that its person has been shown, and that is to be posted then. */
  planned: z.string().optional(),
};

/**
 * Everything that Chat tells the app about, in one shape for both of Chat's dialects. It is a schema, because a request that
 * waits is written to the ledger and read back.
 */
export const interaction = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('message'), message: writtenMessage }),
  z.object({
    ...common,
    kind: z.literal('command'),
    command: z.object({
      /** The number given to the command on the Chat API page. */
      id: z.number().int(),
      type: z.enum(['slash', 'quick', 'message-action']),
    }),
    /** Only slash commands have one; what a message action points at was written by somebody else. */
    message: writtenMessage.optional(),
  }),
  z.object({
    ...common,
    kind: z.literal('added'),
    /** Added by mention: what the person wrote with it, to be answered after the welcome. */
    message: writtenMessage.optional(),
  }),
  z.object({ ...common, kind: z.literal('removed') }),
  z.object({
    ...common,
    kind: z.literal('click'),
    /** The name of the action; add-on clicks over Pub/Sub carry none but in the parameters. */
    action: z.string().optional(),
    parameters: z.record(z.string(), z.string()),
    /** The card that was clicked. */
    card: messageName.optional(),
    /** True when nobody but this person sees the card: nobody else may see the answer. */
    privateCard: z.boolean().optional(),
    thread: threadName.optional(),
  }),
]);

export type Interaction = z.infer<typeof interaction>;
export type Person = z.infer<typeof person>;
export type Space = z.infer<typeof space>;
export type Mention = z.infer<typeof mention>;
export type WrittenMessage = z.infer<typeof writtenMessage>;

/** Why an event that we can read is none of our business. */
export type IgnoredReason =
  | 'unknown-type'
  | 'bot'
  | 'own-message'
  | 'message-follows'
  | 'dialog'
  | 'widget-update'
  | 'link-preview'
  | 'app-home'
  | 'workspace-event';

/** Why an event can't be read. */
export type UnreadableReason = 'too-large' | 'not-json' | 'not-an-event' | 'no-user' | 'no-space';

/** What a Pub/Sub message turned out to be. `due` comes from our own relay. */
export type ParsedEvent =
  | { outcome: 'interaction'; interaction: Interaction }
  | { outcome: 'due'; requestId: z.infer<typeof requestId>; space: z.infer<typeof spaceName> }
  | { outcome: 'ignored'; reason: IgnoredReason }
  | { outcome: 'unreadable'; reason: UnreadableReason };
