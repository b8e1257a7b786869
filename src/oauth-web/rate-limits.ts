import { isIP } from 'node:net';
import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { hashTicket, ticket } from '../lib/authorization/ticket.ts';
import { type Clock, minutes, seconds } from '../lib/clock.ts';
import { createCounts } from './counts.ts';
import type { Reason } from './outcome.ts';

/** How many callbacks are taken in a minute. */
export interface RateLimits {
  /** From one address: generous, since an office may have no more than one for everybody. */
  perAddress: number;
  /** With one ticket, whatever the address: it belongs to one person, and each may cost a call to Google. */
  perTicket: number;
}

const USUAL: RateLimits = { perAddress: 60, perTicket: 10 };

const WINDOW_MS = minutes(1);

export interface RateLimitOptions {
  limits?: RateLimits | undefined;
  clock: Clock;
  /** Answers what is too much. */
  refuse(response: Response, refusal: Refusal): void;
}

export interface Refusal {
  reason: Extract<Reason, `too-many-${string}`>;
  /** When there is room again, in whole seconds. */
  retryAfterSeconds: number;
  /** The first one of its minute: one line in the log is enough for a flood. */
  isFirst: boolean;
}

/**
 * Stands before the callback. Whoever floods it gets in nobody else's way: each address and each ticket is counted on its own,
 * in this process, and what was refused costs neither a look into the store nor a call to Google. The person may reload the
 * page a minute later, since their code has not been sent.
 */
export function createRateLimits({
  limits = USUAL,
  clock,
  refuse,
}: RateLimitOptions): RequestHandler[] {
  const limit = (
    reason: Refusal['reason'],
    most: number,
    keyOf: (request: Request) => string | undefined,
  ): RequestHandler => {
    const counts = createCounts(clock, WINDOW_MS);
    return rateLimit({
      limit: most,
      windowMs: WINDOW_MS,
      store: counts,
      skip: (request) => keyOf(request) === undefined,
      keyGenerator: (request) => keyOf(request) ?? '',
      handler(request, response) {
        const { hits, resetAt } = counts.countOf(keyOf(request) ?? '');
        refuse(response, {
          reason,
          retryAfterSeconds: Math.max(1, Math.ceil((resetAt - clock()) / seconds(1))),
          isFirst: hits === most + 1,
        });
      },
      // These name the limits to whoever probes them. `Retry-After` is enough for everybody else.
      legacyHeaders: false,
      standardHeaders: false,
      // They would print addresses.
      validate: false,
    });
  };
  return [
    limit('too-many-from-address', limits.perAddress, addressOf),
    limit('too-many-with-ticket', limits.perTicket, ticketOf),
  ];
}

/**
 * Where a request comes from: an IPv4 address, or the network of an IPv6 one (/56: the least that a customer is given). Where
 * a proxy tells no address, it is the proxy's own.
 */
function addressOf({ ip = '', socket }: Request): string {
  return ipKeyGenerator(isIP(ip) === 0 ? (socket.remoteAddress ?? '') : ip);
}

/** Nobody's, where there is none: what is wrong with the query is told by the callback itself. */
function ticketOf({ query }: Request): string | undefined {
  const state = ticket.safeParse(query['state']);
  return state.success ? hashTicket(state.data) : undefined;
}
