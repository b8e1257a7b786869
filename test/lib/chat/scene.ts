import type { TestContext } from 'node:test';
import type { Chat } from '../../../src/lib/chat/chat.ts';
import { type ChatOptions, createChat } from '../../../src/lib/chat/google-chat.ts';
import { createPacer } from '../../../src/lib/chat/pacer.ts';
import { createQuotas } from '../../../src/lib/chat/quotas.ts';
import { createRetryBudget } from '../../../src/lib/chat/retry-budget.ts';
import { requestId, spaceName, threadName, userName } from '../../../src/lib/names.ts';
import { bearer } from '../../support/bearer.ts';
import {
  type Answer,
  googleError,
  type ScriptedServer,
  startScriptedServer,
} from './scripted-server.ts';
import { sleepingClock } from './sleeping-clock.ts';

export const space = spaceName.parse('spaces/AAA');
export const thread = threadName.parse('spaces/AAA/threads/T1');
export const ana = userName.parse('users/1001');
export const step = { requestId: requestId.parse('0a'.repeat(32)), step: 'answer' };
export const posted = { body: { name: 'spaces/AAA/messages/M.M' } };
export const busy = googleError(503, 'UNAVAILABLE', 'The service is currently unavailable.');

export interface Scene {
  chat: Chat;
  server: ScriptedServer;
  waits: number[];
  signal: AbortSignal;
  abort: AbortController['abort'];
}

/** As good as none. */
const NO_QUOTAS = createQuotas({ writesPerMinute: 100_000, writesPerSecondAndSpace: 1000 });

/** The real client against a server that answers by script; time passes only where somebody waits. */
export async function scene(
  t: TestContext,
  script: Answer[],
  options: Partial<ChatOptions> = {},
): Promise<Scene> {
  const server = await startScriptedServer(t, ...script);
  const controller = new AbortController();
  const { waits, clock, sleep } = sleepingClock();
  const random = (): number => 0.5;
  const chat = createChat({
    rootUrl: server.url,
    appAuth: bearer('app-token'),
    clock,
    sleep,
    random,
    pacer: createPacer({ quotas: NO_QUOTAS, elapsed: clock, sleep, random }),
    retryBudget: createRetryBudget(clock),
    ...options,
  });
  const abort = controller.abort.bind(controller);
  return { chat, server, waits, signal: controller.signal, abort };
}
