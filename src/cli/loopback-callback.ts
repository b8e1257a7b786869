import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { hashTicket, type Ticket, ticket } from '../lib/authorization/ticket.ts';
import { securityHeaders } from '../lib/callback/headers.ts';
import { renderPage } from '../lib/callback/page.ts';
import { parseQuery, type QueryRefusal, readQuery } from '../lib/callback/query.ts';
import { type RunningServer, startServer } from '../lib/callback/server.ts';
import { seconds } from '../lib/clock.ts';
import { SignInError } from '../lib/errors.ts';
import { PAGES, type PageName } from './pages.ts';

export interface CallbackOptions {
  /** Of a web application. Undefined: any free port of 127.0.0.1. */
  redirectUri: string | undefined;
  /** What the link carries as `state`. */
  ticket: Ticket;
  /** What `iss` has to be, if it is there. */
  issuer: string;
}

/** What Google sent the person back with. */
export interface Arrival {
  answer: { code: string } | { refusal: QueryRefusal };
  /** Ends the request, which waits for it. */
  show(page: PageName): void;
}

/** A server on this machine that awaits one browser. */
export interface LoopbackCallback {
  redirectUri: string;
  /** The one request that carries our ticket. All others are sent away, and change nothing. */
  arrival: Promise<Arrival>;
  close(): Promise<void>;
}

/** Answers that end the waiting. What else is wrong with a query may come right when the link is opened again. */
const FINAL: readonly QueryRefusal[] = ['declined', 'refused-by-google', 'google-unavailable'];

/**
 * Listens for the callback of one consent (Google's guide "OAuth 2.0 for Mobile & Desktop Apps", "Loopback IP address").
 *
 * @throws SignInError `sign_in_port_taken`
 */
export async function awaitCallback(options: CallbackOptions): Promise<LoopbackCallback> {
  const { promise: arrival, resolve } = Promise.withResolvers<Arrival>();
  const place = placeOf(options.redirectUri);
  let arrived = false;

  const receive = (request: IncomingMessage, response: ServerResponse): void => {
    const answer = readRequest(request, place.path, options);
    if (typeof answer === 'string') show(response, answer);
    else if (arrived) show(response, 'already-used');
    else {
      arrived = true;
      resolve({ answer, show: (page) => show(response, page) });
    }
  };

  const server = await listen(receive, place);
  return {
    redirectUri: options.redirectUri ?? `http://${place.host}:${server.port}${place.path}`,
    arrival,
    close: () => server.close(seconds(1)),
  };
}

/** The answer to our question, or the page for what isn't one. */
function readRequest(
  { url = '/', method }: IncomingMessage,
  path: string,
  { ticket: ours, issuer }: CallbackOptions,
): Arrival['answer'] | PageName {
  const target = URL.parse(url, 'http://localhost');
  if (target?.pathname !== path) return 'not-found';
  if (method !== 'GET') return 'method-not-allowed';
  const query = parseQuery(target.search.slice(1));
  const theirs = z.object({ state: ticket }).safeParse(query).data?.state;
  if (theirs === undefined || hashTicket(theirs) !== hashTicket(ours)) return 'bad-request';
  const answer = readQuery(query, issuer);
  if (typeof answer !== 'string') return { code: answer.code };
  return FINAL.includes(answer) ? { refusal: answer } : 'bad-request';
}

interface Place {
  host: string;
  /** 0 for any free one. */
  port: number;
  path: string;
}

function placeOf(redirectUri: string | undefined): Place {
  if (redirectUri === undefined) return { host: '127.0.0.1', port: 0, path: '/' };
  const { hostname, port, pathname } = new URL(redirectUri);
  return { host: hostname.replace(/[[\]]/g, ''), port: Number(port || 80), path: pathname };
}

async function listen(
  receive: (request: IncomingMessage, response: ServerResponse) => void,
  { host, port }: Place,
): Promise<RunningServer> {
  try {
    return await startServer(receive, { host, port });
  } catch {
    throw new SignInError(
      'sign_in_port_taken',
      port === 0
        ? 'No port of this machine can be listened on, so no sign-in can come back. Check its loopback interface.'
        : `Port ${port} of ${host}, which the OAuth client's redirect URI names, can't be listened on. ` +
            'Free it, or use a client of the type “Desktop app”, for which any port will do.',
    );
  }
}

function show(response: ServerResponse, name: PageName): void {
  const { status, html } = renderPage({ ...PAGES[name], locale: 'en' });
  response.writeHead(status, {
    ...securityHeaders(),
    'Content-Type': 'text/html; charset=utf-8',
    ...(status === 405 ? { Allow: 'GET' } : {}),
    // The server is about to end.
    Connection: 'close',
  });
  response.end(html);
}
