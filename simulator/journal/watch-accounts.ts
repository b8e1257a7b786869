import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { AccountStep, Exchange } from './entry.ts';
import { exchangeWatch, type Received } from './exchange.ts';
import type { Journal } from './journal.ts';
import type { Ties } from './ties.ts';
import type { ExchangeDeps } from './watch-chat.ts';

const CHOOSER = '/o/oauth2/v2/auth';
const CONSENT = '/signin/oauth/consent';
const DISCONNECT = /^\/accounts\/([^/]+)\/disconnect$/;

/** What came of it: which step it was, whose, and of which request. */
interface Told {
  step: AccountStep;
  person?: string | undefined;
  requestId?: string | undefined;
}

/** Writes into the journal what happens at Google accounts: pages that people walk through, tokens, and their ends. */
export function watchAccounts(deps: ExchangeDeps): RequestHandler {
  const { journal, clock } = deps;
  return exchangeWatch(clock, (received) => {
    const read = readerFor(received, deps);
    return (
      read &&
      ((exchange, at) => {
        const told = read(exchange);
        if (told !== undefined) append(journal, exchange, told, at);
      })
    );
  });
}

function append(journal: Journal, exchange: Exchange, told: Told, at: number): void {
  journal.append({ kind: 'account', ...exchange, ...told, at });
}

type Reader = (exchange: Exchange) => Told | undefined;

function readerFor(received: Received, deps: ExchangeDeps): Reader | undefined {
  const { verb, path } = received;
  if (path === CHOOSER || path === CONSENT) return (exchange) => readPage(received, exchange, deps);
  if (verb !== 'POST') return undefined;
  if (path === '/token') {
    // Whose it is, is known at the end. What the ledger says now comes before it.
    deps.running();
    return (exchange) => readToken(exchange, deps);
  }
  if (path === '/revoke' || DISCONNECT.test(path)) return () => readEnd(received, deps);
  if (path.endsWith(':signJwt')) return () => ({ step: 'assertion-signed', ...atWork(deps) });
  return undefined;
}

const decision = z.looseObject({ decision: z.string() });

function readPage(
  { verb, query, path }: Received,
  exchange: Exchange,
  { ties }: ExchangeDeps,
): Told {
  const requestId = ties.recall(query.get('state') ?? '');
  const chosen = query.get('chosen_account');
  const person = chosen === null ? undefined : `users/${chosen}`;
  const { status, location } = exchange;
  const back = location === undefined ? null : new URL(location, 'http://localhost').searchParams;
  const code = back?.get('code');
  if (code && requestId !== undefined) ties.remember(code, requestId);
  const told = { person, requestId };
  if (code) return { step: 'consent-given', ...told };
  if (back?.has('error')) return { step: 'consent-denied', ...told };
  if (status >= 400) return { step: 'sign-in-refused', ...told };
  if (verb === 'POST' && decision.safeParse(exchange.request).data?.decision !== 'continue') {
    return { step: 'consent-denied', ...told };
  }
  return { step: path === CHOOSER ? 'account-asked' : 'consent-shown', ...told };
}

const tokenRequest = z.looseObject({ grant_type: z.string(), code: z.string().optional() });
const tokenAnswer = z.looseObject({ access_token: z.string() });

function readToken(exchange: Exchange, deps: ExchangeDeps): Told {
  const { grant_type: grant, code = '' } = tokenRequest.safeParse(exchange.request).data ?? {};
  const token = tokenAnswer.safeParse(exchange.response).data?.access_token;
  const person = token === undefined ? undefined : personOf(token, deps);
  const requestId = deps.ties.recall(code) ?? atWork(deps, person).requestId;
  if (token === undefined) return { step: 'token-refused', person, requestId };
  return { step: STEPS[grant ?? ''] ?? 'token-delegated', person, requestId };
}

const STEPS: Readonly<Record<string, AccountStep>> = {
  authorization_code: 'code-exchanged',
  refresh_token: 'token-refreshed',
};

function personOf(token: string, { authenticate }: ExchangeDeps): string | undefined {
  const principal = authenticate(token);
  return principal?.kind === 'person' ? principal.userName : undefined;
}

function readEnd({ path }: Received, deps: ExchangeDeps): Told {
  const id = DISCONNECT.exec(path)?.[1];
  if (id !== undefined) return { step: 'access-revoked', person: `users/${id}` };
  return { step: 'access-revoked', ...atWork(deps) };
}

function atWork(
  { ties, running }: { ties: Ties; running: ExchangeDeps['running'] },
  person?: string,
): { requestId: string | undefined } {
  return { requestId: ties.workedOn({ person }, running()) };
}
