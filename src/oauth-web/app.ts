import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
  Router,
} from 'express';
import { securityHeaders } from '../lib/callback/headers.ts';
import { parseQuery } from '../lib/callback/query.ts';
import type { Store } from '../lib/store/store.ts';
import type { Log } from '../lib/telemetry/log.ts';
import { LANGUAGES, type Language, languageFor } from '../lib/words/language.ts';
import { type CallbackDeps, type CallbackResult, handleCallback } from './callback.ts';
import { createExchangeGate } from './exchange-gate.ts';
import type { WebMetrics } from './metrics.ts';
import { PAGE_FOR } from './outcome.ts';
import { type PageName, renderPage } from './pages.ts';
import { createRateLimits, type RateLimits } from './rate-limits.ts';

export interface AppDeps extends Omit<CallbackDeps, 'gate' | 'store'> {
  store: Pick<Store, 'consents' | 'ping'>;
  log: Log;
  metrics: WebMetrics;
  /** The one in the consent links; its path is the only one that does something. */
  redirectUri: string;
  /** How many callbacks may wait for Google at once. 50 unless said otherwise. */
  maxExchanges?: number;
  /** How many proxies stand before it, each of which adds to `X-Forwarded-For`. 0 unless said otherwise. */
  trustedProxies?: number;
  limits?: RateLimits | undefined;
}

/** The web application of the OAuth callback. It reads no body, sets no cookie, and redirects nowhere. */
export function createApp(deps: AppDeps): Express {
  const headers = securityHeaders();
  const routes = new Map<string, RequestHandler>([
    ['/livez', (_request, response) => sendText(response, 200, 'ok')],
    ['/readyz', readinessHandler(deps)],
    [new URL(deps.redirectUri).pathname, Router().use(rateLimits(deps), callbackHandler(deps))],
  ]);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', parseQuery);
  app.set('trust proxy', deps.trustedProxies ?? 0);
  app.use((_request, response, next) => {
    response.set(headers);
    next();
  });
  app.use(measure(deps, (path) => routes.has(path)));
  app.use(warnOfProxies(deps));
  app.use(async (request, response, next) => {
    const handler = routes.get(request.path);
    if (handler === undefined) return sendPage(response, 'not-found');
    // HEAD too: Express would answer it with the handler for GET, and use up the code.
    if (request.method !== 'GET')
      return sendPage(response.set('Allow', 'GET'), 'method-not-allowed');
    await handler(request, response, next);
  });
  app.use(defectHandler(deps.log));
  return app;
}

function measure({ metrics, clock }: AppDeps, isOurs: (path: string) => boolean): RequestHandler {
  return ({ method, path }, response, next) => {
    const begun = clock();
    const route = isOurs(path) ? path : undefined;
    response.once('finish', () =>
      metrics.countRequest({
        method,
        route,
        status: response.statusCode,
        durationMs: clock() - begun,
      }),
    );
    next();
  };
}

/** Everybody would share one limit: that of the proxy's address. Told once. */
function warnOfProxies({ trustedProxies = 0, log }: AppDeps): RequestHandler {
  let isTold = trustedProxies > 0;
  return (request, _response, next) => {
    if (!isTold && request.headers['x-forwarded-for'] !== undefined) {
      isTold = true;
      log.warn('Requests come through a proxy: set TRUSTED_PROXIES, or all people share one limit');
    }
    next();
  };
}

function rateLimits({ clock, limits, log, metrics }: AppDeps): RequestHandler[] {
  return createRateLimits({
    clock,
    limits,
    refuse(response, { reason, retryAfterSeconds, isFirst }) {
      const page = PAGE_FOR[reason];
      metrics.countConsent(reason);
      sendPage(response.set('Retry-After', String(retryAfterSeconds)), page);
      if (isFirst)
        log.warn('OAuth callback', { outcome: page, reason, status: response.statusCode });
    },
  });
}

function callbackHandler(deps: AppDeps): RequestHandler {
  const gate = createExchangeGate(deps.maxExchanges ?? 50);
  return async (request, response) => {
    const startedAt = deps.clock();
    const result = await handleCallback(request.query, { ...deps, gate });
    const page = PAGE_FOR[result.reason];
    deps.metrics.countConsent(result.reason);
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

/** One look at the store at a time, however many ask: anybody can. */
function readinessHandler({ store, log }: AppDeps): RequestHandler {
  let asking: Promise<boolean> | undefined;
  const ask = async (): Promise<boolean> => {
    try {
      await store.ping();
      return true;
    } catch (error) {
      log.warn('Not ready: the store does not answer', { error });
      return false;
    }
  };
  return async (_request, response) => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    if (await asking) sendText(response, 200, 'ready');
    else sendText(response, 503, 'not ready');
  };
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
