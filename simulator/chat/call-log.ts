/** One call of the API, as it ended. It holds no token and no text. */
export interface Call {
  /** For example `messages.create`; of methods that the simulator doesn't do, the name in the protos. */
  method: string;
  /** `app`, `webhook`, or the person's `users/{id}`; absent when the token was no good. */
  principal?: string;
  /** The resource in the path. */
  resource: string;
  messageId?: string;
  requestId?: string;
  /** HTTP status; 0 when the answer was lost on purpose. */
  status: number;
  /** When it came, in milliseconds since the epoch. */
  at: number;
}

export interface CallLog {
  record(call: Call): void;
  /** Oldest first. */
  calls(): readonly Call[];
  clear(): void;
}

const KEPT = 10_000;

export function createCallLog(): CallLog {
  const calls: Call[] = [];
  return {
    record(call) {
      calls.push(call);
      if (calls.length > KEPT) calls.shift();
    },
    calls: () => [...calls],
    clear() {
      calls.length = 0;
    },
  };
}
