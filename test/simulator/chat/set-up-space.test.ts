import assert from 'node:assert/strict';
import { afterEach, beforeEach, suite, test } from 'node:test';
import type { chat_v1 } from '@googleapis/chat';
import { fromJson, toJson } from '../../../simulator/world/state.ts';
import { ana, bruno, echo } from '../world/new-world.ts';
import { type RunningChat, refused, startChat, type Token } from './running-chat.ts';

let chat: RunningChat;
beforeEach(async () => {
  chat = await startChat();
});
afterEach(() => chat.stop());

type Request = chat_v1.Schema$SetUpSpaceRequest;
const named = (displayName: string, more: object = {}): Request => ({
  space: { spaceType: 'SPACE', displayName },
  ...more,
});
const person = (name: string) => ({ member: { name, type: 'HUMAN' } });
const setUp = (requestBody: Request, token: Token = 'ana') =>
  chat.as(token).spaces.setup({ requestBody });

test('a person sets up a space with others, which the app is told nothing of', async () => {
  const { data } = await setUp(named('Party', { memberships: [person(bruno)] }));
  assert.equal(data.displayName, 'Party');
  assert.match(data.spaceUri ?? '', /^https:\/\/chat\.google\.com\/room\//);
  assert.deepEqual(chat.world.space(data.name ?? '')?.members, [ana, bruno]);
  assert.equal(data.membershipCount?.joinedDirectHumanUserCount, 2);
  assert.deepEqual(chat.events, []);
});

test('the same requestId brings the first space back, to the same person only', async () => {
  const first = await setUp(named('Party', { requestId: 'r-1' }));
  const again = await setUp(named('Other', { requestId: 'r-1' }));
  assert.equal(again.data.name, first.data.name);
  assert.equal(again.data.displayName, 'Party');
  await refused(setUp(named('Party', { requestId: 'r-1' }), 'bruno'), 400, /another user/);
  assert.equal(chat.world.spaces().filter(isSpace).length, 2);
});

const isSpace = ({ resource }: { resource: chat_v1.Schema$Space }): boolean =>
  resource.spaceType === 'SPACE';

test('twenty at once with the same requestId make one space', async () => {
  const all = await Promise.all(
    Array.from({ length: 20 }, () => setUp(named('Party', { requestId: 'r-2' }))),
  );
  assert.equal(new Set(all.map(({ data }) => data.name)).size, 1);
});

test('what was set up outlives a restart, also in a world that knew no set-ups', () => {
  const setups = new Map([['r-1', { principal: ana, space: 'spaces/x' }]]);
  const state = { micros: 1, spaces: [], requests: new Map(), setups, webhooks: [] };
  assert.deepEqual(fromJson(toJson(state)).setups, setups);
  assert.deepEqual(fromJson({ micros: 1, spaces: [], requests: [] }).setups, new Map());
});

suite('It is refused', () => {
  const cases: [string, Request, number, RegExp, Token?][] = [
    ['without the scope', named('P'), 403, /insufficient/, 'ana-may-post'],
    ['as the app', named('P'), 403, /insufficient/, 'app'],
    ['without a space', {}, 400, /space/],
    ['without a type', { space: { displayName: 'P' } }, 400, /type/],
    ['without a name', { space: { spaceType: 'SPACE' } }, 400, /1 to 128/],
    ['with a name of 129 characters', named('x'.repeat(129)), 400, /1 to 128/],
    ['with a name that is taken', named('Launch party'), 409, /already exists/],
    ['with the caller', named('P', { memberships: [person(ana)] }), 400, /automatically/],
    ['with an app', named('P', { memberships: [{ member: { name: echo } }] }), 400, /people/],
    ['with an app as a person', named('P', { memberships: [person(echo)] }), 404, /not found/],
    ['with nobody we know', named('P', { memberships: [person('users/1')] }), 404, /not found/],
    [
      'with 50 others',
      named('P', { memberships: Array.from({ length: 50 }, () => person(bruno)) }),
      400,
      /49/,
    ],
    ['as a group chat', { space: { spaceType: 'GROUP_CHAT' } }, 501, /GROUP_CHAT/],
  ];
  for (const [what, request, status, message, token] of cases) {
    test(what, async () => {
      await refused(setUp(request, token), status, message);
      assert.equal(chat.world.spaces().length, 2);
    });
  }
});
