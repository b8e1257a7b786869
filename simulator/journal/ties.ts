import { createHash } from 'node:crypto';
import type { Subject } from './entry.ts';

/**
 * Which request of the app something belongs to, though nothing in it says so: a call of the Chat API by what the app works
 * on meanwhile, a walk through the consent pages by the link that it began with.
 */
export interface Ties {
  /** A delivery of the request has begun, or ended. */
  delivered(request: string, subject: Subject): void;
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
}

/** Consents in flight: what is older won't be walked through any more. */
const REMEMBERED = 1000;

interface Work {
  request: string;
  subject: Subject;
  deliveries: number;
}

export function createTies(): Ties {
  const works = new Map<string, Work>();
  const secrets = new Map<string, string>();

  return {
    delivered(request, subject) {
      const before = works.get(request);
      works.set(request, {
        request,
        // What the relay publishes says less than the event has said.
        subject: { ...subject, ...before?.subject },
        deliveries: (before?.deliveries ?? 0) + 1,
      });
    },
    settled(request) {
      const work = works.get(request);
      if (work === undefined) return;
      work.deliveries -= 1;
      if (work.deliveries <= 0) works.delete(request);
    },
    isBusy: () => works.size > 0,
    workedOn(where, running) {
      const all = [...works.values()];
      const possible = running ? all.filter(({ request }) => running.has(request)) : all;
      return best(possible, where)?.request;
    },
    remember(secret, request) {
      secrets.set(hash(secret), request);
      const [oldest] = secrets.keys();
      if (secrets.size > REMEMBERED && oldest !== undefined) secrets.delete(oldest);
    },
    recall: (secret) => secrets.get(hash(secret)),
  };
}

/** Oldest first: the app takes one at a time of a space, in their order. */
function best(works: readonly Work[], { space, person }: Whereabouts): Work | undefined {
  const fits = works.filter(
    ({ subject }) =>
      person === undefined || subject.person === undefined || subject.person === person,
  );
  const there = fits.find(({ subject }) => space !== undefined && subject.space === space);
  if (there !== undefined) return there;
  const own = fits.filter(({ subject }) => person !== undefined && subject.person === person);
  if (own.length > 0) return own[0];
  return fits.length === 1 ? fits[0] : undefined;
}

function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
