import type { Clock } from '../../src/lib/clock.ts';
import type { PublishedMessage } from '../pubsub/message.ts';
import type { MessageHappening, Watch } from '../pubsub/watch.ts';
import type { Dialects } from './entry.ts';
import type { Journal } from './journal.ts';
import { type About, aboutEvent, aboutNotification } from './subject.ts';
import type { Ties } from './ties.ts';

/** How many messages can be published again. */
const KEPT = 2000;
/** More of the data is not shown: an event has a few thousand bytes. */
const MAX_SHOWN = 256 * 1024;
/** Of what Chat is about to publish, and what that would be in the other dialect. */
const EXPECTED = 200;

/** A message as it was published. It holds what the journal masks. */
export interface KeptMessage extends About {
  topic: string;
  published: PublishedMessage;
}

export interface PubSubWatch {
  watch: Watch;
  /** Chat is about to publish this. */
  expect(data: string, dialects: Dialects): void;
  message(id: string): KeptMessage | undefined;
}

interface PubSubWatchDeps {
  journal: Journal;
  ties: Ties;
  clock: Clock;
  /** The full name of the topic that other systems publish to. */
  notifications: string;
  /** Writes down first how the app's ledger stands: it is written before anything is published or settled. */
  look: () => void;
}

/** Writes into the journal what happens to messages, and keeps them so that they can be published again. */
export function watchPubSub(deps: PubSubWatchDeps): PubSubWatch {
  const { journal, ties, clock, notifications, look } = deps;
  const messages = new Map<string, KeptMessage>();
  const expected = new Map<string, Dialects>();

  const keep = (topic: string, published: PublishedMessage): KeptMessage => {
    const data = readData(published.data);
    const read = topic === notifications ? aboutNotification : aboutEvent;
    const kept = { ...read(published, data), topic, published };
    bounded(messages, KEPT).set(published.id, kept);
    return kept;
  };

  const published = (topic: string, message: PublishedMessage): void => {
    const { subject, request } = keep(topic, message);
    journal.append({
      kind: 'published',
      at: clock(),
      requestId: request,
      message: message.id,
      topic,
      subject,
      data: shown(message.data),
      attributes: message.attributes,
      dialects: expected.get(message.data.toString('utf8')),
    });
  };

  const handedOver = (happening: Exclude<MessageHappening, { kind: 'published' }>): void => {
    const { message, ...handover } = happening;
    const kept = messages.get(message.id);
    const request = kept?.request;
    if (kept !== undefined && request !== undefined) {
      if (happening.kind === 'delivered') {
        ties.delivered(request, kept.subject, kept.messageId);
      } else if (happening.kind !== 'dead-lettered') ties.settled(request);
    }
    journal.append({ ...handover, at: clock(), requestId: request, message: message.id });
  };

  return {
    watch(happening) {
      look();
      if (happening.kind === 'published') published(happening.topic, happening.message);
      else handedOver(happening);
    },
    expect: (data, dialects) => void bounded(expected, EXPECTED).set(data, dialects),
    message: (id) => messages.get(id),
  };
}

function shown(data: Buffer): unknown {
  return data.length > MAX_SHOWN ? `${data.length} bytes: too many to show` : readData(data);
}

/** Makes room for one more. */
function bounded<T>(map: Map<string, T>, size: number): Map<string, T> {
  const [oldest] = map.keys();
  if (map.size >= size && oldest !== undefined) map.delete(oldest);
  return map;
}

/** JSON if it is any, else text. */
export function readData(data: Buffer): unknown {
  const text = data.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
