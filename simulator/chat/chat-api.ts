import { type ErrorRequestHandler, type Request, type Response, Router, text } from 'express';
import type { Clock } from '../../src/lib/clock.ts';
import { loopbackOnly } from '../guards.ts';
import type { Authenticate, Principal } from '../principal.ts';
import type { ChatWorld } from '../world/chat-world.ts';
import { createAccess } from './access.ts';
import { ApiError, badRequest, invalid, notSimulated } from './api-error.ts';
import { principalOf } from './bearer.ts';
import { type Call, type CallLog, createCallLog } from './call-log.ts';
import { createFaults, type FaultSource } from './faults.ts';
import { createMethods } from './methods.ts';
import { type HttpBinding, loadProtos } from './protos.ts';
import { readQuery } from './query.ts';
import { createQuotaGuard, type Quotas } from './quota.ts';
import { readJson } from './read-json.ts';
import { createRoutes, type Match } from './routes.ts';
import { checkScopes } from './scopes.ts';
import { createByWebhook, isByWebhook, webhookOf } from './webhook.ts';

export interface ChatApiOptions {
  world: ChatWorld;
  authenticate: Authenticate;
  clock: Clock;
  /** No quotas when absent; `GOOGLES_QUOTAS` are the real ones. */
  quotas?: Quotas | undefined;
  faults?: FaultSource;
  calls?: CallLog;
}

/** Chat's REST API under `/v1`: strict, because its requests are read by Google's own protos. */
export function createChatApi(options: ChatApiOptions): Router {
  const { world, authenticate, clock } = options;
  const { faults = createFaults(), calls = createCallLog() } = options;
  const protos = loadProtos();
  const findRoute = createRoutes(protos);
  const countCall = createQuotaGuard(options.quotas, clock);
  const methods = createMethods({ world, access: createAccess(world) });

  const router = Router();
  router.use(
    '/v1',
    loopbackOnly,
    text({ type: () => true, limit: '10mb' }),
    dispatch,
    sendTransportError,
  );
  return router;

  async function dispatch(req: Request, res: Response): Promise<void> {
    const path = req.baseUrl + req.path;
    const match = routeOf(req.method, path);
    if (match === undefined) return sendNoSuchPage(res, path);
    const call = newCall(req, match);
    try {
      const { answer, loseResponse } = await carryOut(req, match, call);
      call.status = loseResponse ? 0 : 200;
      if (loseResponse) req.socket.destroy();
      else send(req, res, 200, answer);
    } catch (error) {
      call.status = error instanceof ApiError ? error.httpStatus : 500;
      if (!(error instanceof ApiError)) throw error;
      res.set(error.headers);
      send(req, res, error.httpStatus, error.body());
    } finally {
      calls.record(call);
    }
  }

  function routeOf(verb: string, path: string): Match | undefined {
    try {
      return findRoute(verb, path);
    } catch (error) {
      if (error instanceof URIError) return undefined;
      throw error;
    }
  }

  function newCall(req: Request, { binding, path }: Match): Call {
    const search = searchOf(req);
    const messageId = search.get('messageId');
    const requestId = search.get('requestId');
    return {
      method: methods.get(binding.method)?.id ?? binding.method,
      resource: resourceOf(path),
      ...(messageId === null ? {} : { messageId }),
      ...(requestId === null ? {} : { requestId }),
      status: 0,
      at: clock(),
    };
  }

  /** In Google's order: who is it, may they, is it well-formed, is it too much; then the method itself. */
  async function carryOut(
    req: Request,
    match: Match,
    call: Call,
  ): Promise<{ answer: object; loseResponse: boolean }> {
    const { binding, path } = match;
    if (isByWebhook(req.headers.authorization, binding.method, searchOf(req))) {
      return await carryOutWebhook(req, match, call);
    }
    const principal = principalOf(req.headers.authorization, authenticate, binding.method);
    call.principal = nameOf(principal);
    const method = methods.get(binding.method);
    if (method === undefined) throw notSimulated(`the method ${binding.method}`);
    checkScopes(principal, method.id, binding.method);
    const { loseResponse } = await faults.strike(method.id, req.body);

    const query = readQuery(protos, binding, searchOf(req));
    const body = bodyOf(req, binding);
    const resource = resourceOf(path);
    countCall(spaceOf(resource), binding.method);
    return { answer: await method.run({ principal, resource, query, body }), loseResponse };
  }

  async function carryOutWebhook(
    req: Request,
    { binding, path }: Match,
    call: Call,
  ): Promise<{ answer: object; loseResponse: boolean }> {
    const search = searchOf(req);
    const resource = resourceOf(path);
    const webhook = webhookOf(world, resource, search);
    call.principal = 'webhook';
    const { loseResponse } = await faults.strike('messages.create', req.body);

    search.delete('token');
    const query = readQuery(protos, binding, search);
    const body = bodyOf(req, binding);
    countCall(resource, binding.method);
    return {
      answer: await createByWebhook(world, webhook, { resource, query, body }),
      loseResponse,
    };
  }

  function bodyOf(req: Request, { body, requestType }: HttpBinding): Record<string, unknown> {
    if (body === undefined) return {};
    const type = protos.fields(requestType).get(body)?.type.name ?? requestType;
    const { value, violations } = readJson(protos, type, parse(req.body), body);
    if (violations.length > 0) throw badRequest(violations);
    return value;
  }
}

function parse(body: unknown): unknown {
  if (typeof body !== 'string' || body === '') return {};
  try {
    return JSON.parse(body);
  } catch {
    throw invalid('Invalid JSON payload received. Unexpected token.');
  }
}

function send(req: Request, res: Response, status: number, body: object): void {
  const indent = searchOf(req).get('prettyPrint') === 'false' ? 0 : 2;
  res
    .status(status)
    .type('application/json; charset=UTF-8')
    .send(`${JSON.stringify(body, null, indent)}\n`);
}

/** What no method answers to is answered by Google's web server, in HTML. */
function sendNoSuchPage(res: Response, path: string): void {
  const shown = path.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
  res
    .status(404)
    .type('text/html; charset=UTF-8')
    .send(
      `<!DOCTYPE html>\n<html lang=en>\n<title>Error 404 (Not Found)!!1</title>\n<p><b>404.</b> <ins>That’s an error.</ins>\n<p>The requested URL <code>${shown}</code> was not found on this server. <ins>That’s all we know.</ins>\n`,
    );
}

/** A body that could not be received: too large, cut off, or in an unknown encoding. */
const sendTransportError: ErrorRequestHandler = (error: unknown, req, res, next) => {
  const isClients = error instanceof Error && 'status' in error && Number(error.status) < 500;
  if (!isClients) return next(error);
  const refusal = invalid('Request payload could not be read.');
  send(req, res, refusal.httpStatus, refusal.body());
};

function searchOf(req: Request): URLSearchParams {
  return new URL(req.originalUrl, 'http://localhost').searchParams;
}

function resourceOf(path: ReadonlyMap<string, string>): string {
  return [...path.values()][0] ?? '';
}

function spaceOf(resource: string): string {
  return resource.split('/').slice(0, 2).join('/');
}

function nameOf(principal: Principal): string {
  return principal.kind === 'app' ? 'app' : principal.userName;
}
