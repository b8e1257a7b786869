/** What can be wrong with Google, call by call. */
export const CONDITIONS = [
  'rate-limit-with-wait',
  'rate-limit',
  'unavailable',
  'internal-error',
  'lost-answer',
  'slow',
  'token-unavailable',
] as const;
export type Condition = (typeof CONDITIONS)[number];

/** How many times Chat publishes each event. */
export const COPIES = [1, 2, 20] as const;
export type Copies = (typeof COPIES)[number];

/** For how many more calls; or until somebody ends it. */
export type Duration = number | 'lasting';

/** The weather that lasts, as somebody has made it on the page. */
export interface Skies {
  readonly copies: Copies;
  /** Undefined when it is off. */
  duration(condition: Condition): Duration | undefined;
  set(condition: Condition, duration: Duration | undefined): void;
  setCopies(copies: Copies): void;
  /** Whether a call meets this. It is one call less then. */
  strike(condition: Condition): boolean;
  clear(): void;
  onChange(listener: () => void): void;
}

export function createSkies(): Skies {
  const on = new Map<Condition, Duration>();
  const listeners = new Set<() => void>();
  let copies: Copies = 1;
  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  return {
    get copies() {
      return copies;
    },
    duration: (condition) => on.get(condition),
    set(condition, duration) {
      if (duration === undefined) on.delete(condition);
      else on.set(condition, duration);
      changed();
    },
    setCopies(wanted) {
      copies = wanted;
      changed();
    },
    strike(condition) {
      const left = on.get(condition);
      if (left === undefined) return false;
      if (left !== 'lasting') useUp(condition, left);
      return true;
    },
    clear() {
      on.clear();
      copies = 1;
      changed();
    },
    onChange: (listener) => void listeners.add(listener),
  };

  function useUp(condition: Condition, left: number): void {
    if (left > 1) on.set(condition, left - 1);
    else on.delete(condition);
    changed();
  }
}
