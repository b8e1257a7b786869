import type { ErrorCode } from '../lib/errors.ts';
import type { Interaction } from '../lib/interactions/interaction.ts';
import type { Sealer } from '../lib/store/sealer.ts';
import type { Claim, Store } from '../lib/store/store.ts';
import { languageFor } from '../lib/words/language.ts';
import { end, release } from './ending.ts';
import type { LiveStatus } from './live-status.ts';
import type { Failure, Outcome } from './outcome.ts';
import { type TellOfLossDeps, tellOfLoss } from './tell-of-loss.ts';
import { telling } from './telling.ts';
import { sealWaiting } from './waiting-request.ts';

interface GiveUpDeps extends TellOfLossDeps {
  store: Pick<Store, 'requests'>;
  sealer: Sealer;
  clock: () => number;
}

type Claimed = Extract<Claim, { status: 'claimed' }>;

interface GivenUp {
  /** What was asked for, if it can be read. */
  job: { interaction: Interaction; status: LiveStatus } | undefined;
  reason: Failure;
  /** Whether it may have been done all the same: then that isn't denied. */
  isUnsure: boolean;
}

/**
 * Says sorry, and keeps what was asked for a replay.
 *
 * @throws PosternError when that could not be written down
 */
export async function giveUp(
  deps: GiveUpDeps,
  claim: Claimed,
  { job, reason, isUnsure }: GivenUp,
): Promise<Outcome> {
  const { lease, waited } = claim;
  const outage = await apologise(deps, claim, { job, isUnsure });
  if (outage !== undefined) {
    // Not handed back, so that the lease runs out: whoever takes it then has the same doubts.
    if (isUnsure) return { result: 'retry', reason: outage };
    return await release(deps, lease, { failed: true }, outage);
  }
  const keep =
    job === undefined
      ? waited
      : await sealWaiting(deps.sealer, job.interaction, { scheduledFor: waited?.scheduledFor });
  return await end(deps, lease, { outcome: 'failed', keep }, { result: 'failed', reason });
}

/**
 * In the place of the status, if there is one.
 *
 * @returns the outage for which they have to be told later, if any
 */
async function apologise(
  deps: GiveUpDeps,
  { lease: { requestId }, waited }: Claimed,
  { job, isUnsure }: Pick<GivenUp, 'job' | 'isUnsure'>,
): Promise<ErrorCode | undefined> {
  if (job === undefined) return waited && (await tellOfLoss(deps, requestId, waited));
  const { words } = languageFor(job.interaction.locale);
  const text = isUnsure ? words.apologyUnsure : words.apology;
  return await telling(deps.log, requestId, () => job.status.end({ text }, 'apology'));
}
