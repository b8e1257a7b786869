import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type ClientRequestArgs, request } from 'node:http';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { AuthorizationServer } from '../../src/lib/authorization/authorization.ts';
import { createConsents } from '../../src/lib/authorization/consent.ts';
import { CHAT_MESSAGES_CREATE } from '../../src/lib/authorization/scopes.ts';
import { type RunningServer, startServer } from '../../src/lib/callback/server.ts';
import { requestId, type SpaceName, spaceName, userName } from '../../src/lib/names.ts';
import type { Store } from '../../src/lib/store/store.ts';
import { createLog } from '../../src/lib/telemetry/log.ts';
import { createMetering, type Metering } from '../../src/lib/telemetry/metering.ts';
import { createApp } from '../../src/oauth-web/app.ts';
import { createWebMetrics } from '../../src/oauth-web/metrics.ts';
import type { RateLimits } from '../../src/oauth-web/rate-limits.ts';
import { serverAt } from '../lib/authorization/authorization-server.ts';
import {
  type Consenter,
  type FakeGoogle,
  REDIRECT_URI,
  startFakeGoogle,
} from '../lib/authorization/fake-google.ts';
import { ISSUER } from '../lib/authorization/id-tokens.ts';
import { type LocalStore, openLocalStore } from '../lib/authorization/local-store.ts';

export const ANA = userName.parse('users/101');
export const REQUEST = requestId.parse('1'.repeat(64));
const SPACE = spaceName.parse('spaces/AAA');
export const ana = (change: Partial<Consenter> = {}): Consenter => ({ sub: '101', ...change });

export interface Visit {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

const UNMET: RateLimits = { perAddress: 1_000_000, perTicket: 1_000_000 };

export interface SceneOptions {
  allowedDomain?: string;
  maxExchanges?: number;
  /** Unless given, so many that no test meets them; the usual ones, if undefined. */
  limits?: RateLimits | undefined;
  trustedProxies?: number;
  /** Stands before the real store. */
  store?: (store: Store) => Pick<Store, 'consents' | 'ping'>;
}

/** oauth-web as it runs: over HTTP, with the real store, and Google's endpoints on this machine. */
export interface Scene {
  google: FakeGoogle;
  local: LocalStore;
  server: AuthorizationServer;
  port: number;
  /** What was logged, a line each. */
  logged: Record<string, unknown>[];
  metering: Metering;
  /** Turns the clock. */
  wait(ms: number): void;
  now(): number;
  /** Postern asks Ana for a consent. @returns the link */
  ask(change?: { scopes?: readonly string[]; space?: SpaceName }): Promise<string>;
  /** A browser comes back from Google. */
  comeBack(query: URLSearchParams | string, args?: ClientRequestArgs): Promise<Visit>;
  visit(path: string, args?: ClientRequestArgs): Promise<Visit>;
  /** Another process of oauth-web, with the same store. */
  another(): Promise<RunningServer>;
  close(): Promise<void>;
}

export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const google = await startFakeGoogle();
  const local = openLocalStore();
  const logged: Record<string, unknown>[] = [];
  const metering = createMetering('oauth-web');
  let now = Date.now();
  const clock = (): number => now;
  const server = serverAt(google, { allowedDomain: options.allowedDomain, clock });
  const { sealer } = local;
  const consents = createConsents({ store: local.store, sealer, server, randomBytes });
  const start = (): Promise<RunningServer> => {
    const app = createApp({
      store: options.store?.(local.store) ?? local.store,
      sealer,
      server,
      clock,
      issuer: ISSUER,
      allowedDomain: options.allowedDomain,
      redirectUri: REDIRECT_URI,
      maxExchanges: options.maxExchanges ?? 50,
      limits: 'limits' in options ? options.limits : UNMET,
      trustedProxies: options.trustedProxies ?? 0,
      log: createLog('oauth-web', 'debug', linesInto(logged)),
      metrics: createWebMetrics(metering.meter),
    });
    return startServer(app, { port: 0, host: '127.0.0.1' });
  };
  const running = [await start()];
  const port = running[0]?.port ?? 0;

  return {
    google,
    local,
    server,
    port,
    logged,
    metering,
    wait(ms) {
      now += ms;
    },
    now: clock,
    async ask({ scopes = [CHAT_MESSAGES_CREATE], space = SPACE } = {}) {
      const question = { user: ANA, space, requestId: REQUEST, scopes, now };
      const answer = await consents.ask(question);
      if (!answer.opened) throw new Error('no link');
      return answer.url;
    },
    comeBack: (query, args) => visit(port, `/oauth2?${query.toString()}`, args),
    visit: (path, args) => visit(port, path, args),
    async another() {
      const server = await start();
      running.push(server);
      return server;
    },
    async close() {
      await Promise.all(running.map((one) => one.close()));
      await google.close();
      await local.close();
    },
  };
}

/** One request, as it is written: `fetch` would mend it. */
export async function visit(
  port: number,
  path: string,
  args: ClientRequestArgs = {},
): Promise<Visit> {
  const { promise, resolve, reject } = Promise.withResolvers<Visit>();
  const options = { host: '127.0.0.1', port, path, agent: false, ...args };
  request(options, (response) => {
    text(response).then(
      (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      reject,
    );
  })
    .on('error', reject)
    .end();
  return promise;
}

const logLine = z.record(z.string(), z.unknown());

function linesInto(logged: Record<string, unknown>[]): Writable {
  return new Writable({
    decodeStrings: false,
    write(line: string, _encoding, done) {
      logged.push(logLine.parse(JSON.parse(line)));
      done();
    },
  });
}
