import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { chat } from '@googleapis/chat';
import { classifyError } from '../../../src/lib/chat/classify-error.ts';
import type { ChatError } from '../../../src/lib/errors.ts';
import { bearer } from '../../support/bearer.ts';
import { type Answer, startScriptedServer } from './scripted-server.ts';

export const NOW = Date.parse('2026-11-21T10:00:00Z');
const TOKEN = 'ya29.secret-token';
export const TEXT = 'what Ana wrote in confidence';

/** What the real client throws when it posts a message and the server at `rootUrl` doesn't want it. */
export async function thrownBy(rootUrl: string, signal?: AbortSignal): Promise<unknown> {
  const { spaces } = chat({
    version: 'v1',
    rootUrl,
    auth: bearer(TOKEN),
    retry: false,
    fetchImplementation: fetch,
  });
  const params = { parent: 'spaces/AAA', requestBody: { text: TEXT } };
  try {
    await spaces.messages.create(params, signal === undefined ? {} : { signal });
  } catch (error) {
    return error;
  }
  return assert.fail('The client threw nothing');
}

/** What becomes of it when the server answers like this. */
export async function classified(t: TestContext, answer: Answer): Promise<ChatError> {
  const { url } = await startScriptedServer(t, answer);
  return classifyError(await thrownBy(url), NOW);
}
