import assert from 'node:assert/strict';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { ana, bruno, echo, postern } from '../world/new-world.ts';
import { DENIED, type RunningChat, refused, startChat, type Token } from './running-chat.ts';

let chat: RunningChat;
/** Ana's alone. */
let parent: string;
beforeEach(async () => {
  chat = await startChat();
  const requestBody = { space: { spaceType: 'SPACE', displayName: 'Solo' } };
  const { data } = await chat.as('ana').spaces.setup({ requestBody });
  parent = data.name ?? assert.fail();
});
afterEach(() => chat.stop());

const add = (token: Token, member: object, more = {}) =>
  chat.as(token).spaces.members.create({ parent, requestBody: { member, ...more } });
const members = () => chat.world.space(parent)?.members;

test('a person adds another one, by id or by e-mail, and the app is told nothing', async () => {
  for (const name of [bruno, 'users/bruno@example.com']) {
    const adding = add('ana', { name, type: 'HUMAN' });
    if (name !== bruno) await refused(adding, 409, /already exists/);
    else assert.partialDeepStrictEqual((await adding).data, { state: 'JOINED' });
  }
  assert.deepEqual(members(), [ana, bruno]);
  assert.equal(chat.world.space(parent)?.resource.membershipCount?.joinedDirectHumanUserCount, 2);
  assert.deepEqual(chat.events, []);
});

test('a person adds the app, which is told so', async () => {
  await add('ana-may-add-app', { name: 'users/app', type: 'BOT' });
  assert.deepEqual(members(), [ana, postern]);
  assert.partialDeepStrictEqual(chat.events, [
    { type: 'ADDED_TO_SPACE', user: { name: ana }, space: { name: parent } },
  ]);
  await refused(add('ana-may-add-app', { name: 'users/app', type: 'BOT' }), 409);
});

suite('It is refused', () => {
  const human = { name: bruno, type: 'HUMAN' };
  const itself = { name: 'users/app', type: 'BOT' };
  const cases: [string, Token, object, object, number, string | RegExp][] = [
    ['people with the scope for the app', 'ana-may-add-app', human, {}, 403, /insufficient/],
    ['the app with the scope for people', 'ana', itself, {}, 403, /insufficient/],
    ['with no such scope', 'ana-may-post', human, {}, 403, /insufficient/],
    ['as the app', 'app', human, {}, 403, /insufficient/],
    ['by who isn’t there', 'bruno', human, {}, 403, DENIED],
    ['another app', 'ana', { name: echo, type: 'BOT' }, {}, 400, /other Chat apps/],
    ['nobody we know', 'ana', { name: 'users/1', type: 'HUMAN' }, {}, 404, /not found/],
    ['without its type', 'ana', { name: bruno }, {}, 400, /type/],
    ['with another type', 'ana', { name: bruno, type: 'BOT' }, {}, 400, /type/],
    ['with a role', 'ana', human, { role: 'ROLE_MANAGER' }, 400, /`role`/],
    ['with a state', 'ana', human, { state: 'JOINED' }, 400, /output only/],
    ['with a time', 'ana', human, { createTime: '2026-01-01T00:00:00Z' }, 400, /`createTime`/],
  ];
  for (const [what, token, member, more, status, message] of cases) {
    test(what, async () => {
      await refused(add(token, member, more), status, message);
      assert.deepEqual(members(), [ana]);
    });
  }

  test('in a direct message', async () => {
    parent = chat.dm;
    await refused(add('ana', human), 400, /direct message/);
  });

  test('without a member', async () => {
    const { members } = chat.as('ana').spaces;
    await refused(members.create({ parent, requestBody: {} }), 400, /missing/);
  });

  test('with an administrator’s rights, which nobody has', async () => {
    const { members } = chat.as('ana').spaces;
    const requestBody = { member: human };
    await refused(members.create({ parent, useAdminAccess: true, requestBody }), 403, DENIED);
  });
});
