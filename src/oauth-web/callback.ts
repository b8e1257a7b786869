import { SpanKind } from '@opentelemetry/api';
import type { AuthorizationServer } from '../lib/authorization/authorization.ts';
import { hashTicket, type Ticket } from '../lib/authorization/ticket.ts';
import { readQuery } from '../lib/callback/query.ts';
import type { Clock } from '../lib/clock.ts';
import { type ErrorCode, PosternError } from '../lib/errors.ts';
import type { RequestId } from '../lib/names.ts';
import type { Sealer } from '../lib/store/sealer.ts';
import type { Store } from '../lib/store/store.ts';
import { NO_TRACING, type Tracing } from '../lib/telemetry/tracing.ts';
import {
  type AskedPerson,
  checkGrant,
  checkPerson,
  checkTicket,
  missing,
  type UsableTicket,
  type UsefulGrant,
} from './checks.ts';
import type { ExchangeGate } from './exchange-gate.ts';
import type { Reason } from './outcome.ts';

export interface CallbackDeps {
  store: { consents: Pick<Store['consents'], 'get' | 'complete'> };
  sealer: Sealer;
  server: Pick<AuthorizationServer, 'exchangeCode' | 'verifyIdToken'>;
  gate: ExchangeGate;
  clock: Clock;
  /** None unless given. */
  tracing?: Tracing | undefined;
  /** What `iss` in the query has to be, if it is there. */
  issuer: string;
  /** Only accounts of this Workspace domain may connect. */
  allowedDomain?: string | undefined;
}

export interface CallbackResult {
  reason: Reason;
  /** The request that made us ask, once the ticket is known. */
  requestId?: RequestId;
  /** What went wrong at Google or in the store. */
  error?: PosternError;
}

/**
 * Decides about one callback. Every check comes before the one write at the end, which the store does whole or not at all.
 * Until then the ticket stays usable, so that the right person can still come and consent.
 *
 * @param query as parsed; nothing of it is trusted, and nothing of it is in the result
 */
export async function handleCallback(query: unknown, deps: CallbackDeps): Promise<CallbackResult> {
  const answer = readQuery(query, deps.issuer);
  if (typeof answer === 'string') return { reason: answer };
  const ticket = await attempt(findTicket(answer.ticket, deps));
  if ('reason' in ticket) return ticket;
  const { tracing = NO_TRACING } = deps;
  const { requestId, traceparent: parent } = ticket;
  // In the trace of the request that made us ask. Before the ticket is known there is none that it belongs to.
  const span = { name: 'consent', kind: SpanKind.SERVER, parent };
  return await tracing.span(span, async ({ note }) => {
    const result = await attempt<never>(connectInTurn(answer.code, ticket, deps));
    note({ 'postern.result': result.reason });
    return { ...result, requestId };
  });
}

async function findTicket(ticket: Ticket, deps: CallbackDeps): Promise<UsableTicket | Reason> {
  return checkTicket(await deps.store.consents.get(hashTicket(ticket)), deps.clock());
}

async function connectInTurn(
  code: string,
  ticket: UsableTicket,
  deps: CallbackDeps,
): Promise<Reason> {
  const place = deps.gate.enter(ticket.ticketHash);
  if (typeof place === 'string') return place;
  try {
    return await connect(code, ticket, deps);
  } finally {
    place.leave();
  }
}

/** On a different person nothing is revoked: that would end the grant of whoever was tricked into opening the link. */
async function connect(code: string, ticket: UsableTicket, deps: CallbackDeps): Promise<Reason> {
  const { sealer, server } = deps;
  const context = { collection: 'consents', owner: ticket.user } as const;
  const verifier = await sealer.open(ticket.verifier, context);
  const nonce = await sealer.open(ticket.nonce, context);
  const exchange = await server.exchangeCode(code, verifier);
  const identity = await server.verifyIdToken(exchange.idToken, nonce);
  const person = checkPerson(identity, ticket, deps.allowedDomain);
  if (typeof person === 'string') return person;
  const grant = checkGrant(exchange, ticket);
  if (typeof grant === 'string') return grant;
  return keep(ticket, person, grant, deps);
}

async function keep(
  ticket: UsableTicket,
  person: AskedPerson,
  grant: UsefulGrant,
  { store, sealer, clock }: CallbackDeps,
): Promise<Reason> {
  const { user, email } = person;
  const { scopes } = grant;
  const refreshToken = await sealer.seal(grant.refreshToken, { collection: 'grants', owner: user });
  const now = clock();
  const newGrant = { user, refreshToken, scopes, email, grantedAt: now };
  switch (await store.consents.complete(ticket.ticketHash, newGrant, now)) {
    case 'completed':
      return missing(grant, ticket).length === 0 ? 'connected' : 'connected-in-part';
    case 'already-used':
      return 'ticket-used';
    case 'expired':
      return 'ticket-expired';
    case 'unknown':
      return 'ticket-unknown';
  }
}

/** What failed at Google or in the store has a page too. Anything else is a defect, and for the caller. */
async function attempt<Found extends object>(
  step: Promise<Found | Reason>,
): Promise<Found | CallbackResult> {
  try {
    const found = await step;
    return typeof found === 'string' ? { reason: found } : found;
  } catch (error) {
    if (!(error instanceof PosternError)) throw error;
    const reason = REASON_FOR[error.code];
    if (reason === undefined) throw error;
    return { reason, error };
  }
}

const REASON_FOR: Partial<Record<ErrorCode, Reason>> = {
  oauth_code_rejected: 'code-rejected',
  oauth_client_rejected: 'client-rejected',
  oauth_response_invalid: 'google-answer-invalid',
  oauth_unavailable: 'google-unavailable',
  id_token_invalid: 'id-token-invalid',
  store_unavailable: 'store-unavailable',
  store_corrupt: 'store-unavailable',
  kms_unavailable: 'keys-unavailable',
  kms_rejected: 'keys-unavailable',
  seal_unknown_key: 'ticket-unreadable',
  seal_broken: 'ticket-unreadable',
};
