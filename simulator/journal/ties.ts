import { createHash } from 'node:crypto';
import type { Subject } from './entry.ts';

/**
 * Which request of the app something belongs to, though nothing in it says so: a call of the Chat API by what the app works
 * on meanwhile, a walk through the consent pages by the link that it began with.
 */
export interface Ties {
  /**
   * A delivery of the request has begun.
   *
   * @param messageId of its one message, when that is known before
   */
  delivered(request: string, subject: Subject, messageId?: string): void;
  /** A delivery has ended. */
  settled(request: string): void;
  /** Whether anything is delivered and not settled. */
  isBusy(): boolean;
  /**
   * The request that the app works on there, for this person: of those that are delivered and, if that is known, run.
   *
   * @param running by the app's ledger; undefined when nobody can look into it
   */
  workedOn(where: Whereabouts, running: ReadonlySet<string> | undefined): string | undefined;
  /** A secret (a ticket, a code) is part of this request's consent. Only its hash is kept. */
  remember(secret: string, request: string): void;
  recall(secret: string): string | undefined;
}

/** What a call tells of itself. */
export interface Whereabouts {
  /** `spaces/{id}` */
  space?: string | undefined;
  /** `users/{id}`, for whom the app acts. */
  person?: string | undefined;
  /** Of the message that it makes or changes. */
  messageId?: string | undefined;
  byWebhook?: boolean;
}

/** Requests, and consents in flight: what is older won't be heard of any more. */
const REMEMBERED = 1000;

interface Work {
  request: string;
  subject: Subject;
  messageId: string | undefined;
  deliveries: number;
}

export function createTies(): Ties {
  const works = new Map<string, Work>();
  const secrets = new Map<string, string>();
  /** Deliveries that have not ended. */
  let busy = 0;

  return {
    delivered(request, subject, messageId) {
      const before = works.get(request);
      // Among those that are delivered, it is the newest.
      if (before?.deliveries === 0) works.delete(request);
      keep(works, request, {
        request,
        // What the relay publishes says less than the event has said.
        subject: { ...subject, ...before?.subject },
        messageId,
        deliveries: (before?.deliveries ?? 0) + 1,
      });
      busy += 1;
    },
    settled(request) {
      const work = works.get(request);
      if (work === undefined || work.deliveries === 0) return;
      work.deliveries -= 1;
      busy -= 1;
    },
    isBusy: () => busy > 0,
    workedOn(where, running) {
      const all = [...works.values()].filter(({ deliveries }) => deliveries > 0);
      const possible = running ? all.filter(({ request }) => running.has(request)) : all;
      return best(possible, where)?.request;
    },
    remember(secret, request) {
      keep(secrets, hash(secret), request);
    },
    recall: (secret) => secrets.get(hash(secret)),
  };
}

/** Oldest first: the app takes one at a time of a space, in their order. */
function best(works: readonly Work[], where: Whereabouts): Work | undefined {
  const { space, person, messageId } = where;
  const exact = works.find((work) => messageId !== undefined && work.messageId === messageId);
  if (exact !== undefined) return exact;
  const fits = works.filter((work) => fitsTo(work, where));
  const there = fits.find(({ subject }) => space !== undefined && subject.space === space);
  if (there !== undefined) return there;
  const own = fits.filter(({ subject }) => person !== undefined && subject.person === person);
  if (own.length > 0) return own[0];
  return fits.length === 1 ? fits[0] : undefined;
}

function fitsTo({ subject }: Work, where: Whereabouts): boolean {
  // Notifications are worked on beside what people write, in the same spaces.
  if (subject.kind === 'notification') {
    return where.byWebhook === true;
  }
  if (where.byWebhook === true) return false;
  const { person } = where;
  return person === undefined || subject.person === undefined || subject.person === person;
}

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > REMEMBERED && oldest !== undefined) map.delete(oldest);
}

function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
