import { parse } from 'node:querystring';
import { z } from 'zod';
import { type Ticket, ticket } from '../authorization/ticket.ts';

/** What Google sends a person back with, when they consented. */
export interface ConsentAnswer {
  ticket: Ticket;
  code: string;
}

/**
 * The parameters we read, each at most once: a doubled one is an array here. What else comes (`scope`, `authuser`, `hd`,
 * `prompt`, and more tomorrow) is tolerated.
 */
const parameters = z.object({
  state: ticket.optional(),
  code: z.string().min(1).max(2048).optional(),
  error: z.string().min(1).max(200).optional(),
  iss: z.string().max(200).optional(),
});

/** Why there is no code. */
export type QueryRefusal =
  | 'malformed-query'
  | 'wrong-issuer'
  | 'declined'
  | 'refused-by-google'
  | 'google-unavailable';

/** A doubled parameter becomes an array, whatever stands between the two. */
export function parseQuery(query: string): unknown {
  return parse(query, '&', '=', { maxKeys: 0 });
}

/** Google's errors that pass by themselves (RFC 6749, section 4.1.2.1). */
const PASSING_ERRORS: readonly string[] = ['temporarily_unavailable', 'server_error'];

/**
 * Reads the query of a callback: either a code for a ticket, or the reason why there is none.
 *
 * @param issuer what `iss` has to be, if it is there: Google sends it to some (RFC 9207; security-reliability.md, A3)
 */
export function readQuery(query: unknown, issuer: string): ConsentAnswer | QueryRefusal {
  const parsed = parameters.safeParse(query);
  if (!parsed.success) return 'malformed-query';
  const { state, code, error, iss } = parsed.data;
  if (iss !== undefined && iss !== issuer) return 'wrong-issuer';
  if (error !== undefined) return reasonOf(error);
  if (state === undefined || code === undefined) return 'malformed-query';
  return { ticket: state, code };
}

function reasonOf(error: string): QueryRefusal {
  if (error === 'access_denied') return 'declined';
  return PASSING_ERRORS.includes(error) ? 'google-unavailable' : 'refused-by-google';
}
