import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import express from 'express';
import { z } from 'zod';
import { createChatApi } from '../../../simulator/chat/chat-api.ts';
import { fromJson, toJson } from '../../../simulator/world/state.ts';
import { serveLocally } from '../../support/local-server.ts';
import { newWorld } from '../world/new-world.ts';

/** A room that Postern has left, and a webhook in it. */
const { world, room, dm, events } = newWorld();
const path = world.addWebhook(room, 'Monitoring');
let url = '';
let close = async (): Promise<void> => {};
before(async () => {
  const app = express().use(
    createChatApi({ world, authenticate: () => undefined, clock: () => Date.UTC(2026, 6, 30) }),
  );
  ({ url, close } = await serveLocally(app));
  await world.removeApp(`users/${world.people[0]?.id}`, room);
  events.length = 0;
});
after(() => close());

const message = z.looseObject({
  name: z.string(),
  text: z.string().optional(),
  sender: z.looseObject({ displayName: z.string(), type: z.string() }),
  thread: z.looseObject({ name: z.string() }),
});
const refusal = z.object({ error: z.object({ message: z.string(), status: z.string() }) });

async function send(at: string, body: unknown, verb = 'POST'): Promise<[number, unknown]> {
  const response = await fetch(`${url}${at}`, { method: verb, body: JSON.stringify(body) });
  return [response.status, await response.json()];
}

async function post(body: unknown, more = '') {
  const [status, answer] = await send(path + more, body);
  assert.equal(status, 200, JSON.stringify(answer));
  return message.parse(answer);
}

async function refused(at: string, body: unknown, status: number, why: RegExp, verb?: string) {
  const [got, answer] = await send(at, body, verb);
  assert.equal(got, status);
  assert.match(refusal.parse(answer).error.message, why);
}

suite('An incoming webhook', () => {
  test('posts text and cards in its space, under its own name, and the app hears nothing', async () => {
    const { name, text, sender } = await post({ text: 'Disk is *full*' });
    assert.equal(text, 'Disk is *full*');
    assert.partialDeepStrictEqual(sender, { displayName: 'Monitoring', type: 'BOT' });
    await post({ cardsV2: [{ card: { header: { title: 'Disk' } } }] });

    const [shown] = world.messages(room);
    assert.equal(shown?.resource.name, name);
    assert.equal(shown.via, undefined, 'through no app');
    assert.deepEqual(events, []);
  });

  test('has thread keys of its own', async () => {
    const reply = '&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD';
    const thread = { threadKey: 'disk' };
    const first = await post({ text: 'one', thread }, reply);
    const second = await post({ text: 'two', thread }, reply);
    const other = world.addWebhook(room, 'Builds');
    const [, elsewhere] = await send(other + reply, { text: 'three', thread });
    assert.equal(second.thread.name, first.thread.name);
    assert.notEqual(message.parse(elsewhere).thread.name, first.thread.name);
  });

  test('outlives a restart, also of a world that knew none', () => {
    const state = { micros: 1, spaces: [], requests: new Map(), setups: new Map() };
    const webhooks = [{ id: '1', displayName: 'Monitoring', space: room, token: 't' }];
    assert.deepEqual(fromJson(toJson({ ...state, webhooks })).webhooks, webhooks);
    assert.deepEqual(fromJson({ micros: 1, spaces: [], requests: [] }).webhooks, []);
  });

  test('is set up in a space that there is', () => {
    assert.throws(() => world.addWebhook('spaces/none', 'Monitoring'), /There is no/);
  });
});

suite('It is refused', () => {
  const hello = { text: 'Hello' };
  const noToken = /called without a valid token/;
  for (const [how, at, body, status, why] of [
    ['with another key', path.replace('key=', 'key=x'), hello, 400, /API key not valid/],
    ['with another token', path.replace('token=', 'token=x'), hello, 403, noToken],
    ['without a token', path.replace(/&token.*/, ''), hello, 403, noToken],
    ['in another space', path.replace(room, dm), hello, 403, noToken],
    ['without a key', path.replace(/key=[^&]*&/, ''), hello, 401, /missing required/],
    ['with an unknown field', path, { ...hello, txet: 'x' }, 400, /Unknown name "txet"/],
    ['with an unknown parameter', `${path}&thread=x`, hello, 400, /Unknown name "thread"/],
    ['without anything to say', path, {}, 400, /empty/],
    ['when it is too long', path, { text: 'x'.repeat(32_001) }, 400, /too long/],
    [
      'in private',
      path,
      { ...hello, privateMessageViewer: { name: 'users/1' } },
      400,
      /privateMessageViewer/,
    ],
    [
      'with buttons below the text',
      path,
      { ...hello, accessoryWidgets: [{ buttonList: {} }] },
      400,
      /accessoryWidgets/,
    ],
    ['with an id of its own', `${path}&messageId=client-x`, hello, 501, /messageId/],
    ['with a request’s id', `${path}&requestId=x`, hello, 501, /requestId/],
  ] as const) {
    test(how, () => refused(at, body, status, why));
  }

  test('for anything but a new message', async () => {
    const { name } = await post(hello);
    const [, query] = path.split('?');
    await refused(`/v1/${name}?${query}&updateMask=text`, hello, 401, /missing required/, 'PATCH');
  });
});
