import { ChatError } from '../errors.ts';
import type { SpaceName } from '../names.ts';
import { Gate, type GateOptions, type Passage, type Patience } from './gate.ts';
import { type CallKind, type Quotas, SPACE_KINDS } from './quotas.ts';

/** What a call counts as, and where, if it counts for a space as well. */
export type Counted =
  | { as: keyof typeof SPACE_KINDS; space: SpaceName }
  | { as: Exclude<CallKind, keyof typeof SPACE_KINDS> };

/** Keeps to Chat's quotas, for all the calls of one process. */
export interface Pacer {
  /**
   * Makes a call as soon as the quotas allow it. Those of a space come in their order; no space waits for another's quota.
   *
   * @param waitMs how long it may wait for that at most
   * @throws ChatError `chat_rate_limited` as soon as it can't be in time, or the signal aborts; and whatever `make` throws
   */
  pace<T>(
    counted: Counted,
    patience: { waitMs: number; signal: AbortSignal },
    make: () => Promise<T>,
  ): Promise<T>;
}

export type PacerOptions = Omit<GateOptions, 'quota'> & { quotas: Quotas };

/** So many spaces are kept in mind before those with nothing going on are looked for, and forgotten. */
const SPACES_BEFORE_SWEEP = 1000;

export function createPacer({ quotas, ...options }: PacerOptions): Pacer {
  const { elapsed } = options;
  const project = projectGates(quotas, options);
  const spaces = new Map<string, Gate>();
  let sweepAt = SPACES_BEFORE_SWEEP;

  const sweep = (): void => {
    for (const [key, gate] of spaces) if (gate.isIdle()) spaces.delete(key);
    sweepAt = Math.max(SPACES_BEFORE_SWEEP, spaces.size * 2);
  };

  const ofSpace = (counted: Counted): Gate | undefined => {
    if (!('space' in counted)) return undefined;
    const kind = SPACE_KINDS[counted.as];
    const key = `${kind} ${counted.space}`;
    const known = spaces.get(key);
    if (known !== undefined) return known;
    if (spaces.size >= sweepAt) sweep();
    const gate = new Gate({ ...options, quota: quotas.space[kind] });
    spaces.set(key, gate);
    return gate;
  };

  return {
    async pace(counted, { waitMs, signal }, make) {
      const patience = { until: elapsed() + waitMs, signal };
      const ofProject = project[counted.as];
      const narrow = ofSpace(counted);
      // The space first: whoever waits for it keeps nobody else from the project's quota.
      await enterBoth(narrow, ofProject, patience);
      let passage: Passage = 'taken';
      try {
        return await make();
      } catch (error) {
        passage = passageOf(error);
        throw error;
      } finally {
        // Chat doesn't say which of the two is used up. A project's quota is hardly ever, and then each space finds out.
        narrow?.leave(passage);
        ofProject.leave(narrow === undefined ? passage : 'taken');
      }
    },
  };
}

async function enterBoth(narrow: Gate | undefined, wide: Gate, patience: Patience): Promise<void> {
  await narrow?.enter(patience);
  try {
    await wide.enter(patience);
  } catch (error) {
    narrow?.leave('unmade');
    throw error;
  }
}

/** Even what failed may have been counted. */
function passageOf(error: unknown): Passage {
  const isRefused = error instanceof ChatError && error.code === 'chat_rate_limited';
  return isRefused ? { refused: { retryAfterMs: error.retryAfterMs } } : 'taken';
}

function projectGates(
  { project }: Quotas,
  options: Omit<GateOptions, 'quota'>,
): Record<CallKind, Gate> {
  const gate = (kind: CallKind): Gate => new Gate({ ...options, quota: project[kind] });
  return {
    'message-write': gate('message-write'),
    'message-read': gate('message-read'),
    'membership-write': gate('membership-write'),
    'membership-read': gate('membership-read'),
    'space-write': gate('space-write'),
    'space-read': gate('space-read'),
  };
}
