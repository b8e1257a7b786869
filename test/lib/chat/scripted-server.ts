import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { json, text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { serveLocally } from '../../support/local-server.ts';

/** A request as it arrived. */
export interface Recorded {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingHttpHeaders;
  /** Parsed, if it came as JSON; otherwise its text. */
  body: unknown;
}

export interface Answered {
  status?: number;
  headers?: Record<string, string>;
  /** A string is sent as HTML, everything else as JSON. */
  body?: unknown;
}

/** What the server does with a request: answer, cut the connection after reading it, or never answer. */
export type Answer = Answered | 'cut' | 'hang';

export interface ScriptedServer {
  url: string;
  requests: Recorded[];
  /** One answer per request, in order. The server cuts the connection when there is none left. */
  script: Answer[];
}

/** An HTTP server on this machine that records requests and answers by script. Closed when the test ends. */
export async function startScriptedServer(
  t: TestContext,
  ...script: Answer[]
): Promise<ScriptedServer> {
  const requests: Recorded[] = [];
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    requests.push(await record(request));
    const answer = script.shift() ?? 'cut';
    if (answer === 'hang') return;
    if (answer === 'cut') {
      request.socket.destroy();
      return;
    }
    const { status = 200, headers = {}, body = {} } = answer;
    response.writeHead(status, {
      'content-type': typeof body === 'string' ? 'text/html' : 'application/json; charset=UTF-8',
      ...headers,
    });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const { url, close } = await serveLocally((request, response) => {
    respond(request, response).catch((error: Error) => response.destroy(error));
  });
  t.after(close);
  return { url, requests, script };
}

async function record(request: IncomingMessage): Promise<Recorded> {
  const { method = '', url = '', headers } = request;
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const isJson = headers['content-type']?.startsWith('application/json');
  const body = await (isJson ? json(request) : text(request));
  return { method, path: pathname, query: Object.fromEntries(searchParams), headers, body };
}

/** An error as Google's APIs answer it (AIP-193). */
export function googleError(
  code: number,
  status: string,
  message: string,
  reason?: string,
): { status: number; body: unknown } {
  const info = {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason,
    domain: 'googleapis.com',
    metadata: { service: 'chat.googleapis.com' },
  };
  const details = reason === undefined ? {} : { details: [info] };
  return { status: code, body: { error: { code, message, status, ...details } } };
}
