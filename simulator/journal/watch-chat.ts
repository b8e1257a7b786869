import type { RequestHandler } from 'express';
import type { Clock } from '../../src/lib/clock.ts';
import type { Authenticate } from '../principal.ts';
import { exchangeWatch, type Received } from './exchange.ts';
import type { Journal } from './journal.ts';
import type { Running } from './ledger.ts';
import type { Ties, Whereabouts } from './ties.ts';

export interface ExchangeDeps {
  journal: Journal;
  ties: Ties;
  clock: Clock;
  authenticate: Authenticate;
  /** What the app's ledger says that it works on, now. */
  running: Running;
}

/** Writes the calls of Chat's API into the journal. To be mounted before it. */
export function watchChat({
  journal,
  ties,
  clock,
  authenticate,
  running,
}: ExchangeDeps): RequestHandler {
  return exchangeWatch(clock, (received) => {
    if (!received.path.startsWith('/v1/') || received.path.endsWith(':signJwt')) return undefined;
    const principal = principalOf(received, authenticate);
    // As it begins: when it has ended, the app may be at work on something else.
    const requestId = ties.workedOn(whereabouts(received, principal), running());
    return (exchange, at) => {
      for (const ticket of ticketsIn(exchange.request)) {
        if (requestId !== undefined) ties.remember(ticket, requestId);
      }
      journal.append({ kind: 'call', ...exchange, at, requestId, principal });
    };
  });
}

function principalOf(
  { authorization, query }: Received,
  authenticate: Authenticate,
): string | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (bearer === undefined) return query.has('key') ? 'webhook' : undefined;
  const principal = authenticate(bearer);
  return principal?.kind === 'person' ? principal.userName : principal?.kind;
}

function whereabouts({ path, query }: Received, principal: string | undefined): Whereabouts {
  const space = /\/(spaces\/[\w-]+)/.exec(path)?.[1];
  const person = principal?.startsWith('users/') ? principal : undefined;
  // The app looks for somebody's direct message with it.
  const partner = query.get('name')?.startsWith('users/') ? query.get('name') : undefined;
  const messageId = query.get('messageId') ?? /\/messages\/(client-[\w-]+)$/.exec(path)?.[1];
  const byWebhook = principal === 'webhook';
  return { space, person: person ?? partner ?? undefined, messageId, byWebhook };
}

/** Those of the links to consents that the app shows: what follows at Google accounts belongs to the same request. */
function ticketsIn(body: unknown): string[] {
  if (body === undefined) return [];
  return [...JSON.stringify(body).matchAll(/[?&](state=[\w%.~-]+)/g)].flatMap(
    ([, parameter = '']) => new URLSearchParams(parameter).get('state') ?? [],
  );
}
