import type { ErrorCode } from '../lib/errors.ts';
import type { Log } from '../lib/telemetry/log.ts';
import {
  afterCoolDown,
  afterOutage,
  afterSuccess,
  type Breaker,
  CLOSED,
  coolDownMs,
} from './breaker.ts';
import type { Outcome as NotificationOutcome } from './notifications/outcome.ts';
import type { Outcome as EventOutcome } from './outcome.ts';
import type { Pull } from './pull.ts';

type Outcome = EventOutcome | NotificationOutcome;

export interface OutageGuardOptions {
  pulls: () => readonly Pick<Pull, 'pause' | 'resume'>[];
  /** Told of each state that the breaker comes to. At first it is closed. */
  onChange: (state: Breaker['is']) => void;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Uniform in [0, 1). */
  random: () => number;
  log: Log;
}

/** Learns from what comes of deliveries. */
export interface OutageWatch {
  /** A delivery of this message begins. To be told what came of it. */
  begin(messageId: string): (outcome: Outcome) => void;
}

/** Pauses the pull while nothing can be carried out anyway, rather than have Pub/Sub deliver it all again and again. */
export interface OutageGuard extends OutageWatch {
  stop(): void;
}

/**
 * It doesn't matter what is out of order, Chat, the token endpoint or the store: each request needs all of them, so the
 * outcomes of requests tell. After a few outages in a row the pull is paused; then one message at a time is tried.
 */
export function createOutageGuard(options: OutageGuardOptions): OutageGuard {
  const { pulls, onChange, sleep, random, log } = options;
  const stopping = new AbortController();
  let breaker: Breaker = CLOSED;
  /** How often it has turned. What began before a turn tells nothing about the time after it. */
  let turns = 0;

  const turn = (next: Breaker, reason?: string): void => {
    const before = breaker;
    breaker = next;
    if (next.is === before.is || stopping.signal.aborted) return;
    turns += 1;
    onChange(next.is);
    if (next.is === 'open') void coolDown(next.times, before.is === 'closed', reason);
    else if (next.is === 'half-open') for (const pull of pulls()) pull.resume(1);
    else goOn();
  };

  const coolDown = async (times: number, isNew: boolean, reason?: string): Promise<void> => {
    const waitMs = coolDownMs(times, random);
    if (isNew) log.warn(PAUSED, { reason });
    log.debug('the next request is tried after a pause', { attempt: times, retryAfterMs: waitMs });
    for (const pull of pulls()) pull.pause();
    await sleep(waitMs, stopping.signal).catch(() => {});
    turn(afterCoolDown(breaker));
  };

  const goOn = (): void => {
    log.info('the outage is over: all messages are pulled again');
    for (const pull of pulls()) {
      pull.pause();
      pull.resume();
    }
  };

  return {
    begin(messageId) {
      const begun = turns;
      return (outcome) => {
        if (begun !== turns) return;
        const evidence = evidenceOf(outcome);
        if (evidence === 'works') turn(afterSuccess(breaker));
        else if (evidence !== undefined) turn(afterOutage(breaker, messageId), evidence.outage);
      };
    },
    stop: () => stopping.abort(),
  };
}

const PAUSED =
  'several requests in a row met an outage: pulling is paused, and one request is tried now and then';

/** What is out of order for everybody. A quota that is used up is not: it is of one space, mostly. */
const OUTAGES: ReadonlySet<ErrorCode | 'unexpected'> = new Set([
  'chat_unavailable',
  'chat_unauthenticated',
  'chat_app_not_configured',
  'oauth_unavailable',
  'oauth_client_rejected',
  'store_unavailable',
  'kms_unavailable',
  'kms_rejected',
] as const);

/** What an outcome tells of the services behind it. Nothing, if it needed none of them, or one only. */
function evidenceOf(outcome: Outcome): 'works' | { outage: string } | undefined {
  switch (outcome.result) {
    case 'answered':
    case 'parked':
    case 'scheduled':
    case 'posted':
    case 'updated':
      return 'works';
    case 'refused':
      // Chat wasn't asked.
      return outcome.reason === 'unknown-webhook' ? undefined : 'works';
    case 'retry':
      return OUTAGES.has(outcome.reason) ? { outage: outcome.reason } : undefined;
    case 'failed':
    case 'superseded':
    case 'duplicate':
    case 'busy':
    case 'ignored':
    case 'unreadable':
    case 'invalid':
      return undefined;
  }
}
