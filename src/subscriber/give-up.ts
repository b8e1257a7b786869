import type { ErrorCode } from '../lib/errors.ts';
import type { Interaction } from '../lib/interactions/interaction.ts';
import type { RequestId } from '../lib/names.ts';
import type { Sealer } from '../lib/store/sealer.ts';
import type { Lease, Store, WaitingRequest } from '../lib/store/store.ts';
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

interface GivenUp {
  lease: Lease;
  waited?: WaitingRequest | undefined;
  /** What was asked for, if it can be read. */
  job: { interaction: Interaction; status: LiveStatus } | undefined;
  reason: Failure;
  /** Whether it wasn't done, or may have been: of an attempt that ended without a word nobody knows how far it got. */
  apology: 'apology' | 'apologyUnsure';
}

/**
 * Says sorry, and keeps what was asked for a replay.
 *
 * @throws PosternError when that could not be written down
 */
export async function giveUp(deps: GiveUpDeps, givenUp: GivenUp): Promise<Outcome> {
  const { lease, waited, job, reason } = givenUp;
  const outage = await apologise(deps, lease.requestId, givenUp);
  if (outage !== undefined) return await release(deps, lease, { failed: true }, outage);
  const keep =
    job === undefined
      ? waited
      : await sealWaiting(deps.sealer, job.interaction, { scheduledFor: waited?.scheduledFor });
  return await end(deps, lease, { outcome: 'failed', keep }, { result: 'failed', reason });
}

/** In the place of the status, if there is one. @returns the outage for which they have to be told later, if any */
async function apologise(
  deps: GiveUpDeps,
  id: RequestId,
  { job, waited, apology }: GivenUp,
): Promise<ErrorCode | undefined> {
  if (job === undefined) return waited && (await tellOfLoss(deps, id, waited));
  const text = languageFor(job.interaction.locale).words[apology];
  return await telling(deps.log, id, () => job.status.end({ text }, 'apology'));
}
