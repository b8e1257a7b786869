import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { createAuthorizationServer } from '../lib/authorization/google-authorization.ts';
import { startServer } from '../lib/callback/server.ts';
import { loadOAuthWebConfig, type OAuthWebConfig } from '../lib/config/config.ts';
import { describeConfig } from '../lib/config/describe.ts';
import { createKms } from '../lib/kms/cloud-kms.ts';
import { type Running, runProcess } from '../lib/lifecycle.ts';
import { createKeyring } from '../lib/store/keyring.ts';
import { openStore } from '../lib/store/open-store.ts';
import type { Store } from '../lib/store/store.ts';
import { tryKey } from '../lib/store/try-key.ts';
import { createAdminApp, listenOnLoopback } from '../lib/telemetry/admin-server.ts';
import { createLog } from '../lib/telemetry/log.ts';
import type { Metering } from '../lib/telemetry/metering.ts';
import { openTelemetry } from '../lib/telemetry/telemetry.ts';
import { createApp } from './app.ts';
import { createWebMetrics } from './metrics.ts';

let log = createLog('oauth-web');

await runProcess(
  'oauth-web',
  () => log,
  () => {
    const config = loadOAuthWebConfig(process.env, (path) => readFileSync(path, 'utf8'));
    log = createLog('oauth-web', config.logLevel);
    log.info(`configuration in effect: ${describeConfig(config)}`);
    return start(config);
  },
  { environment: process.env },
);

async function start({ oauth, allowedDomain, ...config }: OAuthWebConfig): Promise<Running> {
  const clock = Date.now;
  const store = await openStore({ ...config.store, projectId: config.projectId });
  const sealer = createKeyring({
    keys: config.tokenKeys,
    clientId: oauth.client.clientId,
    kms: createKms({
      url: config.kmsUrl,
      sleep: (ms, signal) => wait(ms, undefined, { signal }),
      random: Math.random,
    }),
    clock,
  });
  await tryKey(sealer, log);
  const { metering, tracing, ...telemetry } = await openTelemetry(
    'oauth-web',
    config.otlpEndpoint,
    log,
  );
  const app = createApp({
    store,
    sealer,
    server: createAuthorizationServer({ ...oauth, allowedDomain, clock }),
    redirectUri: oauth.redirectUri,
    trustedProxies: config.trustedProxies,
    issuer: oauth.issuer,
    allowedDomain,
    clock,
    log,
    tracing,
    metrics: createWebMetrics(metering.meter),
  });
  const server = await startServer(app, { host: config.host, port: config.port });
  const admin = await openAdmin(config.adminPort, { store, metering });
  log.info('oauth-web started', { port: server.port });
  return {
    async stop() {
      await server.close();
      admin?.close();
      await store.close();
      await telemetry.close();
      log.info('oauth-web stopped');
    },
  };
}

/** What isn't for browsers. Only where it is wanted: on one machine with the subscriber there are two such ports. */
async function openAdmin(
  port: number | undefined,
  { store, metering }: { store: Pick<Store, 'ping'>; metering: Metering },
): Promise<Server | undefined> {
  if (port === undefined) return undefined;
  const ready = async (): Promise<boolean> => {
    await store.ping();
    return true;
  };
  return listenOnLoopback(createAdminApp({ ready, metrics: metering }), port);
}
