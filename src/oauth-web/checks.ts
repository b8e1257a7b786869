import type { CodeExchange, Identity } from '../lib/authorization/authorization.ts';
import { IDENTITY_SCOPES, missingScopes } from '../lib/authorization/scopes.ts';
import type { Consent } from '../lib/store/consent-store.ts';
import type { Reason } from './outcome.ts';

/**
 * The checks between a callback and the store. Each is a pure function that turns what it checked into a type of its own, which
 * nobody else can make. The next step takes only that type: the compiler keeps the order.
 */
declare const checked: unique symbol;
type Checked<What extends string> = { readonly [checked]: What };

/** A consent in flight that may still be completed. */
export type UsableTicket = Consent & Checked<'ticket'>;

export function checkTicket(consent: Consent | undefined, now: number): UsableTicket | Reason {
  if (consent === undefined) return 'ticket-unknown';
  if (consent.status === 'used') return 'ticket-used';
  return isUsable(consent, now) ? consent : 'ticket-expired';
}

function isUsable(consent: Consent, now: number): consent is UsableTicket {
  return consent.status === 'pending' && now < consent.expiresAt;
}

/** The account that consented is the person who was asked: the answer to a link that was passed on. */
export type AskedPerson = Identity & Checked<'person'>;

export function checkPerson(
  identity: Identity,
  ticket: UsableTicket,
  allowedDomain: string | undefined,
): AskedPerson | Reason {
  if (!isAsked(identity, ticket)) return 'other-person';
  if (allowedDomain !== undefined && identity.domain !== allowedDomain) return 'other-domain';
  return identity;
}

function isAsked(identity: Identity, ticket: UsableTicket): identity is AskedPerson {
  return identity.user === ticket.user;
}

/** What is worth keeping: a refresh token, with at least one of the permissions that were asked for. */
export type UsefulGrant = CodeExchange & { refreshToken: string } & Checked<'grant'>;

export function checkGrant(exchange: CodeExchange, ticket: UsableTicket): UsefulGrant | Reason {
  if (asked(ticket).length > 0 && missing(exchange, ticket).length === asked(ticket).length) {
    return 'nothing-granted';
  }
  return hasRefreshToken(exchange) ? exchange : 'no-refresh-token';
}

function hasRefreshToken(exchange: CodeExchange): exchange is UsefulGrant {
  return exchange.refreshToken !== undefined;
}

/** The permissions that were asked for and not given. */
export function missing(exchange: CodeExchange, ticket: UsableTicket): string[] {
  return missingScopes(asked(ticket), exchange.scopes);
}

function asked(ticket: UsableTicket): string[] {
  return ticket.scopes.filter((scope) => !IDENTITY_SCOPES.includes(scope));
}
