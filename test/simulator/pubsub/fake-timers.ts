import type { Timers } from '../../../simulator/pubsub/timers.ts';

/** A clock that stands still until it is turned. */
export class FakeTimers implements Timers {
  #now = Date.UTC(2026, 0, 1);
  readonly #alarms = new Set<{ at: number; callback: () => void }>();

  now = (): number => this.#now;

  after(delayMs: number, callback: () => void): () => void {
    const alarm = { at: this.#now + delayMs, callback };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  /** Alarms that are set. */
  get pending(): number {
    return this.#alarms.size;
  }

  /** Lets time pass; every alarm on the way rings at its own time. */
  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#alarms.delete(next);
      this.#now = next.at;
      next.callback();
    }
    this.#now = end;
  }

  #next(end: number) {
    return [...this.#alarms].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  }
}
