import type { Timers } from './timers.ts';

/** Pub/Sub's deadlines are approximate: what falls due within the same 50 ms, falls due together. */
const SLOT_MS = 50;

/**
 * What is to happen when, at most once for each item. Adding, moving and removing an item cost the same however many there
 * are, and one timer serves them all: a busy subscription has thousands of leases, and nearly all end before they are due.
 */
export class Agenda<Item> {
  readonly #timers: Timers;
  readonly #onDue: (items: readonly Item[]) => void;
  readonly #slots = new Map<number, Set<Item>>();
  readonly #slotOf = new Map<Item, number>();
  #alarm: { slot: number; cancel: () => void } | undefined;

  /** `onDue` gets every item whose time has come, earliest first, after they have left the agenda. */
  constructor(timers: Timers, onDue: (items: readonly Item[]) => void) {
    this.#timers = timers;
    this.#onDue = onDue;
  }

  get size(): number {
    return this.#slotOf.size;
  }

  /** Sets, or moves, the time of an item; `at` in milliseconds since the epoch. */
  set(item: Item, at: number): void {
    this.delete(item);
    const slot = Math.ceil(at / SLOT_MS) * SLOT_MS;
    const items = this.#slots.get(slot);
    if (items === undefined) this.#slots.set(slot, new Set([item]));
    else items.add(item);
    this.#slotOf.set(item, slot);
    if (this.#alarm === undefined || slot < this.#alarm.slot) this.#setAlarm(slot);
  }

  delete(item: Item): void {
    const slot = this.#slotOf.get(item);
    if (slot === undefined) return;
    this.#slotOf.delete(item);
    const items = this.#slots.get(slot);
    items?.delete(item);
    if (items?.size === 0) this.#slots.delete(slot);
  }

  clear(): void {
    this.#alarm?.cancel();
    this.#alarm = undefined;
    this.#slots.clear();
    this.#slotOf.clear();
  }

  #setAlarm(slot: number): void {
    this.#alarm?.cancel();
    const delayMs = Math.max(0, slot - this.#timers.now());
    this.#alarm = { slot, cancel: this.#timers.after(delayMs, () => this.#ring()) };
  }

  #ring(): void {
    this.#alarm = undefined;
    const due = this.#takeDue();
    const [next] = this.#slotsInOrder();
    if (next !== undefined) this.#setAlarm(next);
    if (due.length > 0) this.#onDue(due);
  }

  #takeDue(): Item[] {
    const now = this.#timers.now();
    const due = this.#slotsInOrder()
      .filter((slot) => slot <= now)
      .flatMap((slot) => [...(this.#slots.get(slot) ?? [])]);
    for (const item of due) this.delete(item);
    return due;
  }

  #slotsInOrder(): number[] {
    return [...this.#slots.keys()].sort((a, b) => a - b);
  }
}
