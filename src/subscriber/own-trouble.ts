import { LRUCache } from 'lru-cache';
import { ChatError } from '../lib/errors.ts';
import type { RequestId } from '../lib/names.ts';

/** Requests that Chat has failed at and that are remembered, in the process only. */
const REMEMBERED = 10_000;

/** Tells what Chat fails at for one request alone from an outage for all: the first ends in an apology, the second ends. */
export interface OwnTrouble {
  /** Some request was carried out. */
  worked(): void;
  /**
   * A request has failed like this.
   *
   * @returns whether it is this request's own trouble: Chat has answered it with an error of its server again, or let its time
   *   pass, and has carried out others since the last time. What other processes carry out isn't known here; then it counts as
   *   an outage
   */
  isOwn(id: RequestId, error: unknown): boolean;
}

export function createOwnTrouble(): OwnTrouble {
  const workedBefore = new LRUCache<RequestId, number>({ max: REMEMBERED });
  let worked = 0;
  return {
    worked() {
      worked += 1;
    },
    isOwn(id, error) {
      if (!(error instanceof ChatError && isChats(error))) return false;
      const before = workedBefore.get(id);
      workedBefore.set(id, worked);
      return before !== undefined && worked > before;
    },
  };
}

/** Otherwise it may be the network, or the time that was over while it waited for its turn. */
function isChats({ code, status, timedOut }: ChatError): boolean {
  return code === 'chat_unavailable' && (status !== undefined || timedOut);
}
