import type { Interaction, ParsedEvent } from '../lib/interactions/interaction.ts';
import type { RequestId } from '../lib/names.ts';
import type { Claim, WaitingRequest } from '../lib/store/store.ts';
import type { Registry } from './commands/registry.ts';
import { failureOf, type Outcome } from './outcome.ts';
import { type Route, route } from './route.ts';
import { REQUEST_LIFE_MS } from './set-aside.ts';
import { readGrant } from './user-auth.ts';
import { openWaiting } from './waiting-request.ts';
import { type Job, type WorkDeps, work } from './work.ts';

export interface DispatcherDeps extends WorkDeps {
  registry: Registry;
  /** The names behind the ids of slash and quick commands. */
  commandIds: ReadonlyMap<number, string>;
  /** How long a claim keeps a request from other workers, in milliseconds. */
  leaseMs: number;
}

/** Carries out what events ask for, each request once, however often it is delivered. */
export interface Dispatcher {
  /** Never rejects: whatever happens is an outcome. */
  dispatch(event: ParsedEvent): Promise<Outcome>;
}

export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  return {
    async dispatch(event) {
      try {
        return await decide(deps, event);
      } catch (error) {
        // Before there was a lease, or in writing down how it ended: then the lease runs out, and another delivery finds out.
        deps.log.warn('delivery handed back', { error });
        return {
          result: 'retry',
          reason: failureOf(error),
        };
      }
    },
  };
}

async function decide(deps: DispatcherDeps, event: ParsedEvent): Promise<Outcome> {
  switch (event.outcome) {
    case 'ignored':
      return { result: 'ignored', reason: event.reason };
    case 'unreadable':
      return { result: 'unreadable', reason: event.reason };
    case 'due':
      return await resume(deps, event.requestId);
    case 'interaction':
      return await begin(deps, event.interaction);
  }
}

async function begin(deps: DispatcherDeps, interaction: Interaction): Promise<Outcome> {
  const target = whereTo(deps, interaction);
  if (target.to === 'nothing') return { result: 'ignored', reason: 'unknown-action' };

  // Nearly every claim succeeds, so the grant is read beside it rather than after it.
  const beside = readGrant(deps.userAuth, interaction.person.name);
  beside.catch(() => {});
  const claim = await take(deps, interaction.requestId);
  if (claim.status !== 'claimed') return unclaimed(claim);
  return await work(deps, claim, async () => {
    const { waited } = claim;
    if (waited === undefined) return { interaction, route: target, grant: await beside };
    // It waited, and this is its event again: the ledger knows more.
    return await reopen(deps, waited);
  });
}

/** A request that had to wait. The ledger has what its event said. */
async function resume(deps: DispatcherDeps, id: RequestId): Promise<Outcome> {
  const claim = await take(deps, id, { mustExist: true });
  if (claim.status !== 'claimed') return unclaimed(claim);
  const { waited, lease } = claim;
  if (waited === undefined) {
    // It never waited: its own event is still being delivered, and brings everything along.
    await deps.store.requests.release(lease, { failed: false, now: deps.clock() });
    return { result: 'duplicate' };
  }
  return await work(deps, claim, () => reopen(deps, waited));
}

/** What it waited for needs the grant as it is now: one read beside the claim may have been read before the consent came. */
async function reopen(deps: DispatcherDeps, waited: WaitingRequest): Promise<Job> {
  const interaction = await openWaiting(deps.sealer, waited);
  const grant = await readGrant(deps.userAuth, interaction.person.name);
  return { interaction, route: whereTo(deps, interaction), grant };
}

function whereTo({ registry, commandIds }: DispatcherDeps, interaction: Interaction): Route {
  return route(interaction, registry, commandIds);
}

function take({ store, clock, leaseMs }: DispatcherDeps, id: RequestId, how = {}): Promise<Claim> {
  const now = clock();
  return store.requests.claim(id, { now, leaseMs, expiresAt: now + REQUEST_LIFE_MS, ...how });
}

function unclaimed(claim: Exclude<Claim, { status: 'claimed' }>): Outcome {
  if (claim.status !== 'busy') return { result: 'duplicate' };
  return { result: 'busy', leaseUntil: claim.until };
}
