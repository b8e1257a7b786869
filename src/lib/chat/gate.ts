import { backoff } from '../backoff.ts';
import { ChatError } from '../errors.ts';
import type { Quota } from './quotas.ts';

export interface GateOptions {
  quota: Quota;
  /** A time in milliseconds that never goes back. */
  elapsed: () => number;
  /** Waits so many milliseconds; may reject when the signal aborts. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Uniform in [0, 1). */
  random: () => number;
}

/** How long a call may wait for its turn. */
export interface Patience {
  /** By `elapsed`. */
  until: number;
  signal: AbortSignal;
}

/** What became of a call that was let in: Chat took it, or Chat said 429, or it was never made and counts for nothing. */
export type Passage = 'taken' | 'unmade' | { refused: { retryAfterMs: number | undefined } };

interface Waiter {
  until: number;
  admit(): void;
  refuse(retryAfterMs: number): void;
}

/**
 * Lets calls in, first come, first served, so that never more than the quota are counted in any time of its length, be it
 * fixed or sliding. Chat counts a call at some time between its beginning and its end, so each keeps its place until that
 * long after its end. While there is room, a call passes at once, and no timer is set.
 */
export class Gate {
  readonly #options: GateOptions;
  readonly #waiters = new Set<Waiter>();
  #underWay = 0;
  /** When the places of calls that have ended become free, the first first. */
  readonly #freeAt: number[] = [];
  #closedUntil = Number.NEGATIVE_INFINITY;
  /** How often Chat has said 429 since it last took a call. */
  #refusals = 0;
  #alarm: AbortController | undefined;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /**
   * Waits for a turn; `leave` has to be told how the call ended.
   *
   * @throws ChatError `chat_rate_limited` as soon as the turn can't come in time, with how long it would take
   */
  async enter({ until, signal }: Patience): Promise<void> {
    if (signal.aborted) throw noTurn();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter: Waiter = {
      until,
      admit: resolve,
      refuse: (retryAfterMs) => reject(noTurn(retryAfterMs)),
    };
    const abort = (): void => {
      this.#waiters.delete(waiter);
      reject(noTurn());
      this.#update();
    };
    signal.addEventListener('abort', abort, { once: true });
    this.#waiters.add(waiter);
    this.#update();
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  leave(passage: Passage): void {
    const now = this.#options.elapsed();
    this.#underWay -= 1;
    if (passage !== 'unmade') this.#freeAt.push(now + this.#options.quota.withinMs);
    if (passage === 'taken') this.#refusals = 0;
    if (typeof passage === 'object') this.#close(now, passage.refused.retryAfterMs);
    this.#update();
  }

  /** Whether it knows nothing that a new one wouldn't. */
  isIdle(): boolean {
    this.#expire();
    const isClosed = this.#options.elapsed() < this.#closedUntil;
    return !isClosed && this.#underWay + this.#waiters.size + this.#freeAt.length === 0;
  }

  /** For all, as long as Chat asks, so that nobody else is turned away meanwhile. */
  #close(now: number, retryAfterMs = 0): void {
    this.#refusals += 1;
    const waitMs = Math.max(retryAfterMs, backoff(this.#refusals, this.#options.random));
    this.#closedUntil = Math.max(this.#closedUntil, now + waitMs);
  }

  #update(): void {
    this.#expire();
    this.#admit();
    this.#refuse();
    this.#setAlarm();
  }

  #expire(): void {
    const now = this.#options.elapsed();
    const counting = this.#freeAt.findIndex((at) => at > now);
    this.#freeAt.splice(0, counting < 0 ? this.#freeAt.length : counting);
  }

  #admit(): void {
    if (this.#options.elapsed() < this.#closedUntil) return;
    for (const waiter of this.#waiters) {
      if (this.#room() <= 0) return;
      this.#waiters.delete(waiter);
      this.#underWay += 1;
      waiter.admit();
    }
  }

  #room(): number {
    return this.#options.quota.calls - this.#underWay - this.#freeAt.length;
  }

  /** Turns away at once whoever would wait in vain. They take no turn, so those behind them move up. */
  #refuse(): void {
    const now = this.#options.elapsed();
    let place = 0;
    for (const waiter of this.#waiters) {
      const turn = this.#turn(place, now);
      if (turn <= waiter.until) place += 1;
      else {
        this.#waiters.delete(waiter);
        waiter.refuse(turn - now);
      }
    }
  }

  /** When the turn of whoever waits in this place comes, if those under way end now; hardly sooner. */
  #turn(place: number, now: number): number {
    const { calls, withinMs } = this.#options.quota;
    const rounds = Math.floor(place / calls);
    const free = calls - this.#underWay - this.#freeAt.length;
    const index = (place % calls) - free;
    const freeAt = index < 0 ? now : (this.#freeAt[index] ?? now + withinMs);
    return Math.max(freeAt, this.#closedUntil) + rounds * withinMs;
  }

  /** At the next time at which somebody may pass, unless that depends on a call which hasn't ended. */
  #setAlarm(): void {
    if (this.#waiters.size === 0) {
      this.#alarm?.abort();
      this.#alarm = undefined;
      return;
    }
    if (this.#alarm !== undefined) return;
    const now = this.#options.elapsed();
    const next = this.#room() > 0 ? this.#closedUntil : this.#freeAt[0];
    if (next === undefined) return;
    const alarm = new AbortController();
    this.#alarm = alarm;
    void this.#options
      .sleep(Math.max(1, Math.ceil(next - now)), alarm.signal)
      .catch(() => {})
      .then(() => {
        if (this.#alarm !== alarm) return;
        this.#alarm = undefined;
        this.#update();
      });
  }
}

function noTurn(retryAfterMs?: number): ChatError {
  return new ChatError(
    'chat_rate_limited',
    'More calls wait for Chat’s quota than fit into the time for this one. It can be repeated as it is, later.',
    retryAfterMs === undefined ? {} : { retryAfterMs },
  );
}
