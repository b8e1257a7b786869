import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Interaction, ParsedEvent } from '../../src/lib/interactions/interaction.ts';
import { lenient } from '../../src/lib/interactions/lenient.ts';
import { parseEvent } from '../../src/lib/interactions/parse-event.ts';
import { spaceName, userName } from '../../src/lib/names.ts';
import type { Dialect } from '../events/happening.ts';

const user = z.looseObject({
  name: userName,
  displayName: lenient(z.string()),
  email: lenient(z.string()),
  type: lenient(z.string()),
});
const annotation = z.object({ userMention: z.object({ user }) });
const space = z.looseObject({
  name: spaceName,
  displayName: lenient(z.string()),
  type: lenient(z.string()),
  spaceType: lenient(z.string()),
  singleUserBotDm: lenient(z.boolean()),
});
const message = z.looseObject({
  name: lenient(z.string()),
  sender: lenient(user),
  thread: lenient(z.looseObject({ name: z.string() })),
  annotations: lenient(z.array(z.unknown())),
});
/** The parts that both formats have, at the top of one and in the payload of the other. */
const parts = z.object({
  space: lenient(space),
  message: lenient(message),
  thread: lenient(z.looseObject({ name: z.string() })),
});
const classic = parts.extend({ user: lenient(user) });
const addOn = z.object({ chat: z.looseObject({ user: lenient(user), space: lenient(space) }) });
/** As Pub/Sub pushes it, or its REST API gives it. */
const wrapped = z.object({
  message: z.object({
    data: z.base64(),
    attributes: z.record(z.string(), z.string()).default({}),
  }),
});

export type RecordedUser = z.infer<typeof user>;
export type RecordedSpace = z.infer<typeof space>;
export type RecordedMessage = z.infer<typeof message>;

/** An event from a file: as it is to be published, and whom and what it names. */
export interface RecordedEvent {
  data: Buffer;
  /** Chat's own events have none. */
  attributes: Readonly<Record<string, string>>;
  dialect: Dialect;
  /** What the app's parser makes of it. */
  read: ParsedEvent;
  person?: RecordedUser | undefined;
  space?: RecordedSpace | undefined;
  message?: RecordedMessage | undefined;
  thread?: string | undefined;
  /** All users that it names, each once, with what is told of them first. */
  users: readonly RecordedUser[];
}

/** The file holds no event, or there is none. Its message says what to do. */
export class BadFile extends Error {
  override readonly name = 'BadFile';
  readonly isMissing: boolean;

  constructor(text: string, options: { isMissing: boolean }) {
    super(text);
    this.isMissing = options.isMissing;
  }
}

/** @throws BadFile */
export function readRecordedEvent(path: string): RecordedEvent {
  const file = readFile(path);
  const push = wrapped.safeParse(parseJson(file, path));
  if (!push.success) return recordedEvent(file, {}, path);
  const { data, attributes } = push.data.message;
  return recordedEvent(Buffer.from(data, 'base64'), attributes, path);
}

function recordedEvent(
  data: Buffer,
  attributes: RecordedEvent['attributes'],
  path: string,
): RecordedEvent {
  const json = parseJson(data, path);
  const asAddOn = addOn.safeParse(json);
  const found = asAddOn.success ? partsOfAddOn(asAddOn.data) : classic.parse(json);
  const mentioned = (found.message?.annotations ?? [])
    .map((one) => annotation.safeParse(one).data?.userMention.user)
    .filter((one) => one !== undefined);
  const users = [found.user, found.message?.sender, ...mentioned].filter(
    (one) => one !== undefined,
  );
  return {
    data,
    attributes,
    dialect: asAddOn.success ? 'add-on' : 'classic',
    read: parseEvent({ data, attributes, id: 'simulate' }),
    person: found.user ?? found.message?.sender,
    space: found.space,
    message: found.message,
    thread: found.message?.thread?.name ?? found.thread?.name,
    users: users.filter(({ name }, index) => users.findIndex((one) => one.name === name) === index),
  };
}

function partsOfAddOn({ chat }: z.infer<typeof addOn>): z.infer<typeof classic> {
  const payload = Object.entries(chat).find(([key]) => key.endsWith('Payload'))?.[1];
  const found = parts.safeParse(payload).data ?? {};
  return { ...found, space: found.space ?? chat.space, user: chat.user };
}

/** The event as the app understands it; undefined when it takes it for none of its business. */
export function interactionOf({ read }: RecordedEvent): Interaction | undefined {
  return read.outcome === 'interaction' ? read.interaction : undefined;
}

function readFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new BadFile(`${path} can’t be read (${code}). Name a file with a recorded event.`, {
      isMissing: true,
    });
  }
}

function parseJson(data: Buffer, path: string): object {
  try {
    const json: unknown = JSON.parse(data.toString());
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
  } catch {
    // Said below.
  }
  throw new BadFile(
    `${path} holds no event. Put the data of one Pub/Sub message into it, as Chat published it: a JSON object.`,
    { isMissing: false },
  );
}
