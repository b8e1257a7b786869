import { readAddOn } from './add-on.ts';
import { readClassic } from './classic.ts';
import { dueRequest, REQUEST_ATTRIBUTE } from './due-message.ts';
import type { ParsedEvent } from './interaction.ts';
import { readEvent } from './read-event.ts';
import { type Dismissed, ignored, unreadable, type WireEvent } from './wire.ts';

/** One Pub/Sub message, as far as its meaning depends on it. */
export interface EventMessage {
  readonly data: Uint8Array;
  readonly attributes: Readonly<Record<string, string>>;
  /** Pub/Sub's id of the message. */
  readonly id: string;
}

/**
 * Chat's messages have at most 32,000 bytes. An event repeats one in several fields, escaped to up to six times its size, and
 * that comes to less than this; Pub/Sub's own limit of 10 MB would hold up everybody else for the time it takes to parse.
 */
const MAX_BYTES = 1024 * 1024;

/**
 * What a message on the subscription is: something that a person did, a request of ours that is due, none of our business,
 * or unreadable. Pure, and never throws, whatever is published.
 *
 * An event carries no signature: who may publish on the topic may speak for anybody (chat-platform.md, section 4).
 */
export function parseEvent(
  { data, attributes, id }: EventMessage,
  { maxBytes = MAX_BYTES }: { maxBytes?: number } = {},
): ParsedEvent {
  if (data.byteLength > maxBytes) return unreadable('too-large');

  if (attributes[REQUEST_ATTRIBUTE] !== undefined) {
    const due = dueRequest(attributes);
    if (due === undefined) return unreadable('not-an-event');
    return { outcome: 'due', requestId: due.id, space: due.space };
  }
  // Nothing in the data tells an event of the Workspace Events API from others (chat-platform.md, section 3).
  if (attributes['ce-type'] !== undefined) return ignored('workspace-event');

  const json = parseJson(data);
  if (json === undefined) return unreadable('not-json');
  const event = readDialect(json);
  return 'outcome' in event ? event : readEvent(event, id);
}

/** Undefined when it isn't UTF-8, or isn't JSON. */
function parseJson(data: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data));
  } catch {
    return undefined;
  }
}

/** By its shape: nothing else says which dialect an event is in, and the app's configuration can change under a backlog. */
function readDialect(json: unknown): WireEvent | Dismissed {
  if (!isObject(json)) return unreadable('not-an-event');
  const isClassic = 'type' in json && typeof json.type === 'string';
  const isAddOn = 'chat' in json && isObject(json.chat);
  if (isClassic === isAddOn) return unreadable('not-an-event');
  return isClassic ? readClassic(json) : readAddOn(json);
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
