import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type Response,
} from 'express';
import { securityHeaders } from '../lib/callback/headers.ts';
import { parseQuery } from '../lib/callback/query.ts';
import type { Store } from '../lib/store/store.ts';
import type { Log } from '../lib/telemetry/log.ts';
import { LANGUAGES, type Language, languageFor } from '../lib/words/language.ts';
import { type CallbackDeps, type CallbackResult, handleCallback } from './callback.ts';
import { createExchangeGate } from './exchange-gate.ts';
import { PAGE_FOR } from './outcome.ts';
import { type PageName, renderPage } from './pages.ts';

export interface AppDeps extends Omit<CallbackDeps, 'gate' | 'store'> {
  store: Pick<Store, 'consents' | 'ping'>;
  log: Log;
  /** The one in the consent links; its path is the only one that does something. */
  redirectUri: string;
  /** How many callbacks may wait for Google at once. 50 unless said otherwise. */
  maxExchanges?: number;
}

type Handler = (request: Request, response: Response) => Promise<void> | void;

/** The web application of the OAuth callback. It reads no body, sets no cookie, and redirects nowhere. */
export function createApp(deps: AppDeps): Express {
  const headers = securityHeaders();
  const routes = new Map<string, Handler>([
    ['/livez', (_request, response) => sendText(response, 200, 'ok')],
    ['/readyz', (_request, response) => sendReadiness(response, deps)],
    [new URL(deps.redirectUri).pathname, callbackHandler(deps)],
  ]);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', parseQuery);
  app.use((_request, response, next) => {
    response.set(headers);
    next();
  });
  app.use(async (request, response) => {
    const handler = routes.get(request.path);
    if (handler === undefined) return sendPage(response, 'not-found');
    // HEAD too: Express would answer it with the handler for GET, and use up the code.
    if (request.method !== 'GET')
      return sendPage(response.set('Allow', 'GET'), 'method-not-allowed');
    await handler(request, response);
  });
  app.use(defectHandler(deps.log));
  return app;
}

function callbackHandler(deps: AppDeps): Handler {
  const gate = createExchangeGate(deps.maxExchanges ?? 50);
  return async (request, response) => {
    const startedAt = deps.clock();
    const result = await handleCallback(request.query, { ...deps, gate });
    const page = PAGE_FOR[result.reason];
    sendPage(response, page);
    record(deps.log, result, {
      outcome: page,
      status: response.statusCode,
      durationMs: deps.clock() - startedAt,
    });
  };
}

/** One line for each callback. What the request held is not in it. */
function record(
  log: Log,
  { reason, requestId, error }: CallbackResult,
  answered: { outcome: PageName; status: number; durationMs: number },
): void {
  const fields = { ...answered, reason, requestId };
  if (error === undefined) log.info('OAuth callback', fields);
  else if (answered.status < 500) log.warn('OAuth callback', { ...fields, error });
  else log.error('OAuth callback', { ...fields, error });
}

async function sendReadiness(response: Response, { store, log }: AppDeps): Promise<void> {
  try {
    await store.ping();
    sendText(response, 200, 'ready');
  } catch (error) {
    log.warn('Not ready: the store does not answer', { error });
    sendText(response, 503, 'not ready');
  }
}

/** Whatever nobody expected: it is logged, and the person is asked to try again. */
function defectHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response: Response, _next) => {
    log.error('A request failed on a defect', { error });
    if (response.headersSent) response.destroy();
    else sendPage(response, 'not-available');
  };
}

/** Not Express's `send`: that would answer `If-None-Match: *` with 304 and no page. */
function sendPage(response: Response, name: PageName): void {
  const { status, html } = renderPage(name, languageOf(response.req));
  response.status(status).type('html').end(html);
}

/** The browser's, as far as it is one of ours. */
function languageOf(request: Request): Language {
  return languageFor(request.acceptsLanguages([...LANGUAGES]) || undefined);
}

function sendText(response: Response, status: number, text: string): void {
  response.status(status).type('text').end(text);
}
