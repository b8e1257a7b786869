import assert from 'node:assert/strict';
import { chat, type chat_v1 } from '@googleapis/chat';
import express from 'express';
import { z } from 'zod';
import { type CallLog, createCallLog } from '../../../simulator/chat/call-log.ts';
import { createChatApi } from '../../../simulator/chat/chat-api.ts';
import { createFaults, type Faults } from '../../../simulator/chat/faults.ts';
import type { Quotas } from '../../../simulator/chat/quota.ts';
import type { Principal } from '../../../simulator/principal.ts';
import { bearer } from '../../support/bearer.ts';
import { serveLocally } from '../../support/local-server.ts';
import { ana, bruno, type NewWorld, newWorld } from '../world/new-world.ts';

const scope = (name: string): string => `https://www.googleapis.com/auth/${name}`;
const ALL = ['chat.messages', 'chat.spaces', 'chat.memberships'].map(scope);

/** Tokens, and whom they speak for. */
const PRINCIPALS = {
  app: { kind: 'app', scopes: [scope('chat.bot')] },
  ana: { kind: 'person', userName: ana, scopes: ALL },
  bruno: { kind: 'person', userName: bruno, scopes: ALL },
  'ana-may-post': { kind: 'person', userName: ana, scopes: [scope('chat.messages.create')] },
  'ana-may-add-app': { kind: 'person', userName: ana, scopes: [scope('chat.memberships.app')] },
  'ana-as-bot': { kind: 'person', userName: ana, scopes: [scope('chat.bot')] },
  'app-without-scopes': { kind: 'app', scopes: [] },
} as const satisfies Record<string, Principal>;

export type Token = keyof typeof PRINCIPALS;

const principals = new Map<string, Principal>(Object.entries(PRINCIPALS));

const googleError = z.object({
  error: z.object({
    code: z.number(),
    message: z.string(),
    status: z.string(),
    details: z.array(z.looseObject({ '@type': z.string() })).optional(),
  }),
});

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The body, which must be an error of Google's. */
  error(): z.infer<typeof googleError>['error'];
}

export interface RunningChat extends NewWorld {
  faults: Faults;
  calls: CallLog;
  /** Turns the hands of the clock that quotas are counted by. */
  advance(ms: number): void;
  /** Google's own client. */
  as(token: Token): chat_v1.Chat;
  /** Any request, well-formed or not, with the app's token unless another header says otherwise. */
  send(
    verb: string,
    path: string,
    options?: { body?: unknown; raw?: string; authorization?: string | undefined },
  ): Promise<Answer>;
  stop(): Promise<void>;
}

export async function startChat(quotas?: Quotas): Promise<RunningChat> {
  const setting = newWorld();
  const faults = createFaults();
  const calls = createCallLog();
  let now = Date.UTC(2026, 6, 30, 12);
  const api = createChatApi({
    world: setting.world,
    authenticate: (bearer) => principals.get(bearer),
    clock: () => now,
    quotas,
    faults,
    calls,
  });
  const { url, close } = await serveLocally(express().use(api));

  return {
    ...setting,
    faults,
    calls,
    advance(ms) {
      now += ms;
    },
    as(token) {
      return chat({ version: 'v1', auth: bearer(token), rootUrl: url, retry: false });
    },
    async send(verb, path, { body, raw, authorization = 'Bearer app' } = {}) {
      const sent = body === undefined ? raw : JSON.stringify(body);
      const response = await fetch(new URL(path, url), {
        method: verb,
        headers: { authorization, 'content-type': 'application/json' },
        ...(sent === undefined ? {} : { body: sent }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        text,
        error: () => googleError.parse(JSON.parse(text)).error,
      };
    },
    stop: close,
  };
}

/** Asserts that Google's client threw this: the HTTP status, and Google's message or a part of it. */
export async function refused(
  call: Promise<unknown>,
  status: number,
  message: string | RegExp = /./,
): Promise<void> {
  await assert.rejects(call, (error) => {
    const thrown = z.object({ status: z.number(), message: z.string() }).parse(error);
    assert.equal(thrown.status, status, thrown.message);
    if (typeof message === 'string') assert.equal(thrown.message, message);
    else assert.match(thrown.message, message);
    return true;
  });
}

export const DENIED =
  "Permission denied to perform the requested action on the specified resource, or the resource doesn't exist.";
