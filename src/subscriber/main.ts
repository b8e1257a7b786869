import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { PubSub } from '@google-cloud/pubsub';
import { createAppAuth } from '../lib/authorization/app-credentials.ts';
import { createChat } from '../lib/chat/google-chat.ts';
import { createPacer } from '../lib/chat/pacer.ts';
import { createQuotas } from '../lib/chat/quotas.ts';
import { createRetryBudget } from '../lib/chat/retry-budget.ts';
import { createWebhookPoster } from '../lib/chat/webhook.ts';
import { loadSubscriberConfig, type SubscriberConfig, sealedFor } from '../lib/config/config.ts';
import { describeConfig } from '../lib/config/describe.ts';
import { createDeadlines } from '../lib/deadline.ts';
import { GRPC_KEEPALIVE } from '../lib/grpc.ts';
import { createKms } from '../lib/kms/cloud-kms.ts';
import { type Fatal, type Running, runProcess } from '../lib/lifecycle.ts';
import { createKeyring } from '../lib/store/keyring.ts';
import { openStore } from '../lib/store/open-store.ts';
import { tryKey } from '../lib/store/try-key.ts';
import { createAdminApp, listenOnLoopback } from '../lib/telemetry/admin-server.ts';
import { createLog } from '../lib/telemetry/log.ts';
import { openTelemetry } from '../lib/telemetry/telemetry.ts';
import { checkCommandIds } from './commands/check-command-ids.ts';
import { connect } from './commands/connect.ts';
import { createRegistry } from './commands/registry.ts';
import { deliver, orderKey, readDelivery } from './deliver.ts';
import { createDispatcher } from './dispatcher.ts';
import { createMetrics } from './metrics.ts';
import { startNotifications } from './notifications/start.ts';
import { openUserAuth } from './open-user-auth.ts';
import { createOutageGuard } from './outage-guard.ts';
import { createOwnTrouble } from './own-trouble.ts';
import { createPrivateReplies } from './private-replies.ts';
import { type Pull, startPull } from './pull.ts';
import { startRelay } from './relay.ts';
import { ages } from './request-ages.ts';
import { createSpaceQueue } from './space-queue.ts';
import type { StreamMetrics } from './stream-metrics.ts';
import { fullTopicName } from './topic-name.ts';
import { startUseNotes } from './use-notes.ts';

/** Parts of a lease: what an attempt may use, and of that, what the retries of one call may. */
const ATTEMPT_SHARE = 2 / 3;
const RETRY_SHARE = 1 / 3;

let log = createLog('subscriber');

await runProcess(
  'subscriber',
  () => log,
  (fatal) => {
    const config = loadSubscriberConfig(process.env, (path) => readFileSync(path, 'utf8'));
    log = createLog('subscriber', config.logLevel);
    log.info(`configuration in effect: ${describeConfig(config)}`);
    return start(config, fatal);
  },
  { environment: process.env },
);

async function start(config: SubscriberConfig, fatal: Fatal): Promise<Running> {
  const registry = createRegistry();
  checkCommandIds(config.commandIds, registry);
  const clock = Date.now;
  const elapsed = (): number => performance.now();
  const random = Math.random;
  const sleep = (ms: number, signal: AbortSignal): Promise<void> => wait(ms, undefined, { signal });
  const hurry = new AbortController();
  const { leaseMs, maxConcurrency, drainMs } = config;

  const store = await openStore({ ...config.store, projectId: config.projectId });
  const sealer = createKeyring({
    keys: config.tokenKeys,
    clientId: sealedFor(config.userAuth),
    kms: createKms({ url: config.kmsUrl, sleep, random }),
    clock,
  });
  await tryKey(sealer, log);
  const telemetry = await openTelemetry('subscriber', config.otlpEndpoint, log);
  const { metering, tracing } = telemetry;
  const calls = {
    rootUrl: config.chatApiUrl,
    clock,
    sleep,
    random,
    pacer: createPacer({ quotas: createQuotas(config), elapsed, sleep, random }),
    retryBudget: createRetryBudget(elapsed),
    budgetMs: leaseMs * RETRY_SHARE,
    tracing,
  };
  const chat = createChat({ ...calls, appAuth: createAppAuth() });
  const replies = createPrivateReplies(chat.asApp);
  const metrics = createMetrics(metering.meter);
  const uses = startUseNotes({ grants: store.grants, clock, sleep, log });
  const userAuth = openUserAuth(config, {
    store,
    sealer,
    chat: chat.asApp,
    replies,
    clock,
    randomBytes,
    tracing,
    log,
    noteUse: uses.note,
    countAccessToken: metrics.countAccessToken,
  });
  const { projectId } = config;
  const connectToPubSub = (channelOptions: object): PubSub =>
    new PubSub({
      ...GRPC_KEEPALIVE,
      ...channelOptions,
      ...(projectId === undefined ? {} : { projectId }),
    });
  const pubsub = connectToPubSub({});
  const attemptSignal = createDeadlines({
    ms: leaseMs * ATTEMPT_SHARE,
    signal: hurry.signal,
    elapsed,
  });

  const dispatcher = createDispatcher({
    store,
    sealer,
    chat,
    userAuth,
    replies,
    troubles: createOwnTrouble(),
    tracing,
    connect,
    registry,
    commandIds: config.commandIds,
    topic: await fullTopicName(pubsub, config.topic),
    clock,
    sleep,
    log,
    leaseMs,
    attemptSignal,
  });

  const outages = createOutageGuard({
    pulls: () => streams,
    onChange: metrics.showBreaker,
    sleep,
    random,
    log,
  });
  const stream = (subscription: string) => ({
    connect: connectToPubSub,
    subscription,
    drainMs,
    reconnectMs: config.reconnectMs,
    clock,
    sleep,
    random,
    log,
    onBroken: (error: Error) => fatal(brokenStream(subscription), error),
  });
  const streams: Pull[] = [];
  const keep = (pull: Pull, measured: StreamMetrics): void => {
    measured.watch(pull);
    streams.push(pull);
  };
  const measured = metrics.ofStream('events', config.subscription);
  const delivering = {
    dispatcher,
    metrics: metrics.events,
    stream: measured,
    outages,
    tracing,
    log,
    clock,
  };
  const events = startPull({
    ...stream(config.subscription),
    queue: createSpaceQueue(maxConcurrency),
    read: readDelivery,
    orderKey,
    onReceived: measured.received,
    handle: (delivery) => deliver(delivering, delivery),
  });
  keep(events, measured);
  if (config.notificationsSubscription !== undefined) {
    const measuredApart = metrics.ofStream('notifications', config.notificationsSubscription);
    const notifications = startNotifications({
      ...stream(config.notificationsSubscription),
      maxConcurrency,
      outages,
      tracing,
      store,
      chat: chat.asApp,
      postByWebhook: createWebhookPoster(calls),
      webhooks: config.webhooks,
      metrics: metrics.notifications,
      stream: measuredApart,
      leaseMs,
      attemptSignal,
    });
    keep(notifications, measuredApart);
  }
  metrics.watchRequests(() => ages(store.requests, clock()));
  const relay = startRelay({
    requests: store.requests,
    pubsub,
    topic: config.topic,
    clock,
    sleep,
    tracing,
    log,
  });
  const hears = (): boolean => streams.every((pull) => pull.isOpen());
  const ready = async (): Promise<boolean> => {
    if (!hears()) return false;
    await store.ping();
    return true;
  };
  const admin = await listenOnLoopback(
    createAdminApp({ ready, metrics: metering }),
    config.adminPort,
  );
  log.info('subscriber started', { port: config.adminPort, subscription: config.subscription });

  return {
    // Not the store: while that is away, starting anew would mend nothing. Without a stream it ends by itself before.
    lifeline: { isThere: hears, patienceMs: config.reconnectMs },
    async stop() {
      const late = setTimeout(() => hurry.abort(), drainMs / 2);
      outages.stop();
      await relay.stop();
      await Promise.all(streams.map((pull) => pull.stop()));
      clearTimeout(late);
      await uses.stop();
      admin.close();
      await pubsub.close();
      await store.close();
      await telemetry.close();
      log.info('subscriber stopped');
    },
  };
}

function brokenStream(subscription: string): string {
  return (
    'no stream of messages could be opened for RECONNECT_SECONDS: check that the subscription exists, that the ' +
    'subscriber’s account has roles/pubsub.subscriber on it, and that pubsub.googleapis.com can be reached ' +
    `(${subscription})`
  );
}
