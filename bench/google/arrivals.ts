/** What became of the events of a run, by their numbers. All times are `performance.now()` of this process. */
export class Arrivals {
  readonly #publishedAt: number[] = [];
  readonly #receivedAt: number[] = [];
  readonly #posted: (string | undefined)[] = [];
  readonly #waiters = new Set<{ total: number; resolve: () => void }>();
  #received = 0;
  #forgotten = 0;
  #twice = 0;
  #refused = 0;
  #next = 0;

  /** The number of an event that is about to be published. */
  begin(): number {
    const number = this.#next++;
    this.#publishedAt[number] = performance.now();
    return number;
  }

  /** Chat has a request for it; the first one counts. */
  receive(number: number): void {
    if (this.#receivedAt[number] !== undefined) return;
    this.#receivedAt[number] = performance.now();
    this.#received += 1;
    for (const waiter of this.#waiters) {
      if (this.#settled < waiter.total) continue;
      this.#waiters.delete(waiter);
      waiter.resolve();
    }
  }

  /** Nobody is left who could bring what has not come so far: it isn't waited for. */
  forget(): void {
    this.#forgotten = this.#next - this.#received;
  }

  get #settled(): number {
    return this.#received + this.#forgotten;
  }

  /**
   * Posts it, as Chat does: a message id that is taken is refused.
   *
   * @param messageId empty when the client gave none
   * @returns false when it stands there already
   */
  post(number: number, messageId: string): boolean {
    const before = this.#posted[number];
    if (before !== undefined && before === messageId && messageId !== '') return false;
    if (before !== undefined) this.#twice += 1;
    this.#posted[number] = messageId;
    return true;
  }

  /** Chat has answered 429. */
  refuse(): void {
    this.#refused += 1;
  }

  /** How many requests were answered with 429 so far. */
  get refused(): number {
    return this.#refused;
  }

  /** How many messages stand there a second time. */
  get twice(): number {
    return this.#twice;
  }

  /** How many events have been published so far: the number of the next one. */
  get published(): number {
    return this.#next;
  }

  /** How many events Chat has had a request for so far. */
  get received(): number {
    return this.#received;
  }

  isPosted(number: number): boolean {
    return this.#posted[number] !== undefined;
  }

  publishedAt(number: number): number | undefined {
    return this.#publishedAt[number];
  }

  /** When Chat had the request, if it had. */
  receivedAt(number: number): number | undefined {
    return this.#receivedAt[number];
  }

  /** From the publishing to the request, in milliseconds, of those among `numbers` that came. */
  delays(numbers: readonly number[]): number[] {
    return numbers.flatMap((number) => {
      const [published, received] = [this.#publishedAt[number], this.#receivedAt[number]];
      return published === undefined || received === undefined ? [] : [received - published];
    });
  }

  /**
   * Resolves when Chat has had a request for all but so many of what has been published so far.
   *
   * @throws after `timeoutMs`
   */
  async allBut(missing: number, timeoutMs: number): Promise<void> {
    const total = this.#next - missing;
    if (this.#settled >= total) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter = { total, resolve };
    this.#waiters.add(waiter);
    const late = setTimeout(() => {
      this.#waiters.delete(waiter);
      reject(new Error(`After ${timeoutMs} ms ${total - this.#settled} requests are missing`));
    }, timeoutMs);
    await promise.finally(() => clearTimeout(late));
  }
}
