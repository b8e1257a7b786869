import { ChatError, DelegationError, type ErrorCode, PosternError } from '../lib/errors.ts';
import type { Interaction } from '../lib/interactions/interaction.ts';
import type { Sealer } from '../lib/store/sealer.ts';
import type { Claim, Grant, Lease, Store } from '../lib/store/store.ts';
import type { Tracing } from '../lib/telemetry/tracing.ts';
import type { Words } from '../lib/words/en.ts';
import { languageFor } from '../lib/words/language.ts';
import type { Progress } from './attempt.ts';
import { type CarryOutDeps, carryOut, scopesAskedFor } from './carry-out.ts';
import { end, release } from './ending.ts';
import { giveUp } from './give-up.ts';
import { createLiveStatus, type LiveStatus, type LiveStatusDeps } from './live-status.ts';
import { failureOf, type Outcome } from './outcome.ts';
import type { OwnTrouble } from './own-trouble.ts';
import { isOutage, isRefusal } from './private-replies.ts';
import { refusalOf } from './refusal.ts';
import { type Route, toRequest } from './route.ts';
import { park, schedule } from './set-aside.ts';
import { telling } from './telling.ts';

/** How often a request may fail, or kill its worker, before we give it up. Outages don't count, unless they are its own. */
export const MAX_FAILURES = 5;

export interface WorkDeps extends CarryOutDeps {
  store: Store;
  sealer: Sealer;
  troubles: OwnTrouble;
  tracing: Pick<Tracing, 'current'>;
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
  let isDone = false;
  try {
    job = follow(deps, await prepare(), signal);
    // It killed whoever tried, or there was no time left to say so: no further attempt.
    if (claim.failures >= MAX_FAILURES) {
      const isUnsure = claim.interrupted ?? false;
      return await giveUp(deps, claim, { job, reason: 'unexpected', isUnsure });
    }
    const progress = await attempt(deps, claim, job, signal);
    isDone = progress === 'done';
    if (progress !== 'done' && progress.awaits === 'consent') {
      return await park(deps, claim, job, progress);
    }
    await tellConnected(deps, claim, job, signal);
    if (progress !== 'done') return await schedule(deps, claim, job, progress.plan);
    return await answered(deps, claim.lease);
  } catch (error) {
    return await fail(deps, claim, { job, isDone }, error);
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
  { job, isDone }: { job: Followed | undefined; isDone: boolean },
  error: unknown,
): Promise<Outcome> {
  const { requestId } = claim.lease;
  const reason = failureOf(error);
  const isOwn = deps.troubles.isOwn(requestId, error);
  if (error instanceof PosternError && isOutage(error) && !isOwn) {
    deps.log.warn('request waits for an outage to end', { requestId, error });
    return await release(deps, claim.lease, { failed: false }, reason);
  }
  if (job !== undefined && isFinal(error)) {
    deps.log.warn('request refused', { requestId, error });
    const words = refusalWords(languageFor(job.interaction.locale).words, job.route, error);
    const outage = await tell(deps, job, words);
    if (outage !== undefined) return await release(deps, claim.lease, { failed: false }, outage);
    const result = { result: 'refused', reason: error.code } as const;
    return await end(deps, claim.lease, { outcome: 'refused' }, result);
  }
  const failures = claim.failures + 1;
  deps.log.error('request failed', { requestId, failures, error });
  if (failures < MAX_FAILURES) return await release(deps, claim.lease, { failed: true }, reason);
  // What failed came after it: the person has what they asked for.
  if (isDone) return await answered(deps, claim.lease);
  return await giveUp(deps, claim, { job, reason, isUnsure: mayBeDone(claim, error) });
}

/** Chat may carry out what it doesn't answer; and whoever died before us may have been that far. */
function mayBeDone({ interrupted }: Claimed, error: unknown): boolean {
  return interrupted === true || (error instanceof ChatError && error.timedOut);
}

/** In the place of the status, if there is one. @returns the outage for which it has to be told later, if any */
function tell(
  { log }: WorkDeps,
  { interaction: { requestId }, status }: Followed,
  text: string,
): Promise<ErrorCode | undefined> {
  return telling(log, requestId, () => status.end({ text }, 'refusal'));
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

function answered(deps: WorkDeps, lease: Lease): Promise<Outcome> {
  deps.troubles.worked();
  return end(deps, lease, { outcome: 'answered' }, { result: 'answered' });
}
