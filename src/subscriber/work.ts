import { type ChatError, DelegationError, type ErrorCode, PosternError } from '../lib/errors.ts';
import type { Interaction } from '../lib/interactions/interaction.ts';
import type { RequestId } from '../lib/names.ts';
import type { Sealer } from '../lib/store/sealer.ts';
import type {
  Claim,
  Grant,
  Lease,
  RequestOutcome,
  Store,
  WaitingRequest,
} from '../lib/store/store.ts';
import type { Words } from '../lib/words/en.ts';
import { languageFor } from '../lib/words/language.ts';
import type { Progress } from './attempt.ts';
import { type CarryOutDeps, carryOut, scopesAskedFor } from './carry-out.ts';
import { createLiveStatus, type LiveStatus, type LiveStatusDeps } from './live-status.ts';
import { type Failure, failureOf, type Outcome } from './outcome.ts';
import { isOutage, isRefusal } from './private-replies.ts';
import { refusalOf } from './refusal.ts';
import { type Route, toRequest } from './route.ts';
import { park, schedule } from './set-aside.ts';
import { tellOfLoss } from './tell-of-loss.ts';
import { telling } from './telling.ts';
import { sealWaiting } from './waiting-request.ts';

/** How often a request may fail, or kill its worker, before we give it up. Outages don't count. */
export const MAX_FAILURES = 5;

export interface WorkDeps extends CarryOutDeps {
  store: Store;
  sealer: Sealer;
  sleep: LiveStatusDeps['sleep'];
  /** Ends what an attempt is doing before its lease does; also when the process has to stop. */
  attemptSignal: () => AbortSignal;
}

export type Claimed = Extract<Claim, { status: 'claimed' }>;

/** What there is to do under a lease. */
export interface Job {
  interaction: Interaction;
  route: Route;
  grant: Grant | undefined;
}

/** A job, and what its person reads of it. */
interface Followed extends Job {
  status: LiveStatus;
}

/**
 * One attempt at a claimed request, and the writing down of how it ended. The order matters: work, then the ledger, then (by
 * the caller) the ack. A crash in between repeats the work, which finds out that it was done.
 *
 * @throws PosternError when how it ended could not be written down
 */
export async function work(
  deps: WorkDeps,
  claim: Claimed,
  prepare: () => Promise<Job>,
): Promise<Outcome> {
  const signal = deps.attemptSignal();
  let job: Followed | undefined;
  try {
    job = follow(deps, await prepare(), signal);
    // It killed whoever tried, or there was no time left to say so: no further attempt.
    if (claim.failures >= MAX_FAILURES) return await giveUp(deps, claim, job, 'unexpected');
    const progress = await attempt(deps, claim, job, signal);
    if (progress !== 'done' && progress.awaits === 'consent') {
      return await park(deps, claim, job, progress);
    }
    await tellConnected(deps, claim, job, signal);
    if (progress !== 'done') return await schedule(deps, claim, job, progress.plan);
    return await end(deps, claim.lease, { outcome: 'answered' }, { result: 'answered' });
  } catch (error) {
    return await fail(deps, claim, job, error);
  }
}

function follow(deps: WorkDeps, job: Job, signal: AbortSignal): Followed {
  const { chat, replies, clock, sleep, log } = deps;
  const request = toRequest(job.interaction);
  const onFailure = (error: unknown): void =>
    log.warn('how far the work is could not be shown', { requestId: request.id, error });
  const options = { chat: chat.asApp, replies, clock, sleep, onFailure };
  return { ...job, status: createLiveStatus(options, request, signal) };
}

function attempt(
  deps: WorkDeps,
  claim: Claimed,
  job: Followed,
  signal: AbortSignal,
): Promise<Progress> {
  const { waited } = claim;
  const at = waited?.scheduledFor;
  const planned = at === undefined ? undefined : { at, text: job.interaction.planned ?? '' };
  const consented = waited !== undefined && planned === undefined && !waited.replayed;
  return carryOut(deps, { ...job, consented, planned, signal });
}

/** The card that had asked for the consent which this request waited for. */
async function tellConnected(
  deps: WorkDeps,
  { waited }: Claimed,
  { grant, interaction, route }: Job,
  signal: AbortSignal,
) {
  if (deps.userAuth.kind !== 'consent' || waited?.prompt === undefined || grant === undefined)
    return;
  const language = languageFor(interaction.locale);
  const asked = scopesAskedFor(route, deps.connect);
  await deps.userAuth.prompts.settle(waited.prompt, { grant, asked }, language, signal);
}

async function fail(
  deps: WorkDeps,
  claim: Claimed,
  job: Followed | undefined,
  error: unknown,
): Promise<Outcome> {
  const { requestId } = claim.lease;
  const reason = failureOf(error);
  if (error instanceof PosternError && isOutage(error)) {
    deps.log.warn('request waits for an outage to end', { requestId, error });
    return await release(deps, claim.lease, { failed: false }, reason);
  }
  if (job !== undefined && isFinal(error)) {
    deps.log.warn('request refused', { requestId, error });
    const words = refusalWords(languageFor(job.interaction.locale).words, job.route, error);
    const outage = await tell(deps, job, words, 'refusal');
    if (outage !== undefined) return await release(deps, claim.lease, { failed: false }, outage);
    const result = { result: 'refused', reason: error.code } as const;
    return await end(deps, claim.lease, { outcome: 'refused' }, result);
  }
  const failures = claim.failures + 1;
  deps.log.error('request failed', { requestId, failures, error });
  if (failures < MAX_FAILURES) return await release(deps, claim.lease, { failed: true }, reason);
  return await giveUp(deps, claim, job, reason);
}

/** Says sorry, and keeps what was asked for a replay. */
async function giveUp(
  deps: WorkDeps,
  { lease, waited }: Claimed,
  job: Followed | undefined,
  reason: Failure,
): Promise<Outcome> {
  const outage = await apologise(deps, lease.requestId, job, waited);
  if (outage !== undefined) return await release(deps, lease, { failed: true }, outage);
  const keep =
    job === undefined
      ? waited
      : await sealWaiting(deps.sealer, job.interaction, { scheduledFor: waited?.scheduledFor });
  return await end(deps, lease, { outcome: 'failed', keep }, { result: 'failed', reason });
}

async function apologise(
  deps: WorkDeps,
  id: RequestId,
  job: Followed | undefined,
  waited: WaitingRequest | undefined,
): Promise<ErrorCode | undefined> {
  if (job !== undefined) {
    return await tell(deps, job, languageFor(job.interaction.locale).words.apology, 'apology');
  }
  return waited === undefined ? undefined : await tellOfLoss(deps, id, waited);
}

/** In the place of the status, if there is one. @returns the outage for which it has to be told later, if any */
function tell(
  { log }: WorkDeps,
  { interaction: { requestId }, status }: Followed,
  text: string,
  step: 'refusal' | 'apology',
): Promise<ErrorCode | undefined> {
  return telling(log, requestId, () => status.end({ text }, step));
}

/** A definite no, by Chat or because the app may not act as this person. */
function isFinal(error: unknown): error is ChatError | DelegationError {
  return isRefusal(error) || error instanceof DelegationError;
}

function refusalWords(words: Words, target: Route, error: ChatError | DelegationError): string {
  const refused = refusalOf(error);
  const own = 'command' in target ? target.command.refusals?.(words)[refused] : undefined;
  return own ?? words.refused[refused];
}

async function end(
  { store, clock }: WorkDeps,
  lease: Lease,
  { outcome, keep }: { outcome: RequestOutcome; keep?: WaitingRequest | undefined },
  result: Outcome,
): Promise<Outcome> {
  const kept = keep === undefined ? {} : { keep };
  const ended = await store.requests.complete(lease, { outcome, now: clock(), ...kept });
  // The lease was lost: who has it now will find everything done.
  return ended ? result : { result: 'busy' };
}

async function release(
  { store, clock }: WorkDeps,
  lease: Lease,
  { failed }: { failed: boolean },
  reason: Failure,
): Promise<Outcome> {
  const released = await store.requests.release(lease, { failed, now: clock() });
  return released ? { result: 'retry', reason } : { result: 'busy' };
}
