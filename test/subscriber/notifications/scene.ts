import type { TestContext } from 'node:test';
import { minutes } from '../../../src/lib/clock.ts';
import { webhookName } from '../../../src/lib/config/webhooks.ts';
import { ChatError } from '../../../src/lib/errors.ts';
import { spaceName } from '../../../src/lib/names.ts';
import { type CarryOutDeps, carryOut } from '../../../src/subscriber/notifications/carry-out.ts';
import { createLatest } from '../../../src/subscriber/notifications/latest.ts';
import { openLocalStore } from '../../lib/authorization/local-store.ts';
import { recordLog } from '../../lib/telemetry/recorded-log.ts';
import { type Enter, guard } from '../guard.ts';
import { RecordingChat } from '../recording-chat.ts';
import { notification } from './published.ts';

export const OPS = spaceName.parse('spaces/OPS');
export const LEASE_MS = minutes(1.5);
export const refusal = (code: ChatError['code']) => new ChatError(code, 'no');

/** A subscriber with the real ledger. Chat is played; time stands still. */
export function setScene(t: TestContext) {
  const { store, close } = openLocalStore();
  t.after(close);
  const { log, lines } = recordLog('debug');
  const chat = new RecordingChat();
  const byWebhook: { space: string; text: string | undefined; thread: unknown }[] = [];
  let now = Date.UTC(2026, 7, 17, 14);
  const scene = {
    chat,
    lines,
    byWebhook,
    /** Every call of the ledger. What it throws, that call fails with. */
    enter: (() => {}) as Enter,
    onWebhook: () => {},
    pass(ms: number): void {
      now += ms;
    },
    /** Another process, with memory of its own. */
    worker: (): CarryOutDeps => ({
      store: { requests: guard(store.requests, (path) => scene.enter(path)) },
      chat: chat.asApp,
      async postByWebhook({ space }, { text, thread }) {
        scene.onWebhook();
        byWebhook.push({ space, text, thread });
      },
      webhooks: new Map([[webhookName.parse('ops'), { space: OPS, key: 'k', token: 't' }]]),
      latest: createLatest(),
      clock: () => now,
      log,
      leaseMs: LEASE_MS,
      attemptSignal: () => new AbortController().signal,
    }),
    shown: () => chat.messages().map(({ text }) => text),
  };
  const first = scene.worker();
  return Object.assign(scene, {
    post: (fields: object, id?: string, at?: bigint) =>
      carryOut(first, notification(fields, id, at)),
  });
}
