import type { Request, RequestHandler, Response } from 'express';
import type { Clock } from '../../src/lib/clock.ts';
import type { Exchange } from './entry.ts';

/** More of a body is not kept: a message has 32,000 bytes at most. */
const MAX_BODY = 128 * 1024;

/** A request that was received, with its secrets. */
export interface Received {
  verb: string;
  path: string;
  query: URLSearchParams;
  authorization: string | undefined;
}

/** How it ended; `undefined` when it is of no interest. */
export type WatchExchange = (
  received: Received,
) => ((exchange: Exchange, at: number) => void) | undefined;

/**
 * Looks on, from before the handlers that answer: at the request as it came, and at what was answered. Their parsers read the
 * body, so it is known at the end only.
 */
export function exchangeWatch(clock: Clock, watch: WatchExchange): RequestHandler {
  return (request, response, next) => {
    const tell = receive(request, watch);
    const at = clock();
    if (tell !== undefined) {
      const answer = overhear(response);
      let told = false;
      const end = (): void => {
        if (told) return;
        told = true;
        tell({ ...asked(request), ...answered(response, answer()), tookMs: clock() - at }, at);
      };
      response.on('finish', end);
      // The answer is lost, or whoever asked has gone.
      response.on('close', end);
    }
    next();
  };
}

function receive(request: Request, watch: WatchExchange): ReturnType<WatchExchange> {
  const url = URL.parse(request.originalUrl, 'http://localhost');
  if (url === null) return undefined;
  const { pathname: path, searchParams: query } = url;
  const { authorization } = request.headers;
  return watch({ verb: request.method, path, query, authorization });
}

/** What is sent as the answer. Pages apart: nobody wants to read their markup. */
function overhear(response: Response): () => unknown {
  let body: unknown;
  const send = response.send.bind(response);
  response.send = (sent?: unknown) => {
    if (typeof sent === 'string' && isJson(response)) body = readBody(sent);
    return send(sent);
  };
  return () => body;
}

function isJson(response: Response): boolean {
  return String(response.getHeader('content-type') ?? '').startsWith('application/json');
}

function asked({
  method: verb,
  originalUrl: url,
  headers: { authorization },
  body,
}: Request): Pick<Exchange, 'verb' | 'url' | 'authorization' | 'request'> {
  const sent: unknown = body;
  const request = typeof sent === 'string' ? readBody(sent) : sent;
  return { verb, url, authorization, request };
}

function answered(
  response: Response,
  body: unknown,
): Pick<Exchange, 'status' | 'response' | 'location'> {
  const location = response.getHeader('location');
  return {
    status: response.writableFinished ? response.statusCode : 0,
    response: body,
    location: typeof location === 'string' ? location : undefined,
  };
}

/** JSON, or a form. */
function readBody(body: string): unknown {
  if (body === '') return undefined;
  if (body.length > MAX_BODY) return `${body.slice(0, MAX_BODY)}… (cut)`;
  try {
    return JSON.parse(body);
  } catch {
    return formFields(body);
  }
}

function formFields(body: string): Record<string, string | string[]> {
  const form = new URLSearchParams(body);
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const values = form.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}
