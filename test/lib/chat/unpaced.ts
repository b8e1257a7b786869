import type { Pacer } from '../../../src/lib/chat/pacer.ts';
import type { RetryBudget } from '../../../src/lib/chat/retry-budget.ts';

/** For tests about something else: every call at once, and every repeat. */
export const unpaced: { pacer: Pacer; retryBudget: RetryBudget } = {
  pacer: { pace: (_counted, _patience, make) => make() },
  retryBudget: { earn() {}, spend: () => true },
};
