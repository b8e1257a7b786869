import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { OAuth2Client } from 'google-auth-library';
import { createChat } from '../../../src/lib/chat/google-chat.ts';
import { idempotencyKeys } from '../../../src/lib/chat/idempotency.ts';
import { requestId, spaceName, userName } from '../../../src/lib/names.ts';
import { type Answer, googleError, startScriptedServer } from './scripted-server.ts';
import { unpaced } from './unpaced.ts';

const space = spaceName.parse('spaces/AAA');
const ana = userName.parse('users/1001');
const bo = userName.parse('users/1002');
const step = { requestId: requestId.parse('0a'.repeat(32)), step: 'space' };
const busy = googleError(503, 'UNAVAILABLE', 'The service is currently unavailable.');
const exists = googleError(409, 'ALREADY_EXISTS', 'Requested entity already exists');
const { signal } = new AbortController();

async function scene(t: TestContext, ...script: Answer[]) {
  const server = await startScriptedServer(t, ...script);
  const appAuth = new OAuth2Client();
  appAuth.setCredentials({ access_token: 'app-token' });
  const chat = createChat({
    rootUrl: server.url,
    appAuth,
    clock: () => 0,
    sleep: async () => {},
    random: () => 0,
    ...unpaced,
  });
  return { app: chat.asApp, person: chat.asPerson(ana, 'ana-token'), server };
}

const member = (name: string, type = 'HUMAN', more = {}) => ({ member: { name, type, ...more } });

it('lists the members of all pages, each asked for until it comes', async (t) => {
  const { app, server } = await scene(
    t,
    { body: { memberships: [member(ana, 'HUMAN', { displayName: 'Ana' })], nextPageToken: 'p2' } },
    busy,
    { body: { memberships: [member(bo), member('users/9', 'BOT')], nextPageToken: '' } },
  );
  assert.deepEqual(await app.listMembers(space, signal), [
    { name: ana, kind: 'person', displayName: 'Ana' },
    { name: bo, kind: 'person', displayName: undefined },
    { name: 'users/9', kind: 'app', displayName: undefined },
  ]);
  assert.deepEqual(
    server.requests.map(({ path, query, headers }) => [path, query, headers.authorization]),
    [{}, { pageToken: 'p2' }, { pageToken: 'p2' }].map((token) => [
      '/v1/spaces/AAA/members',
      { pageSize: '1000', ...token },
      'Bearer app-token',
    ]),
  );
});

it('leaves out members that are neither people nor apps', async (t) => {
  const memberships = [{ groupMember: { name: 'groups/1' } }, { member: { name: '../1' } }, null];
  const { app } = await scene(t, { body: { memberships } }, { body: {} });
  assert.deepEqual(await app.listMembers(space, signal), []);
  assert.deepEqual(await app.listMembers(space, signal), []);
});

const OUTCOMES: readonly [what: string, Answer, outcome: string][] = [
  ['joins at once', { body: { state: 'JOINED' } }, 'added'],
  ['has to accept', { body: { state: 'INVITED' } }, 'invited'],
  ['is answered with nothing', { body: {} }, 'added'],
  ['is a member already', exists, 'here'],
];
for (const [what, answer, outcome] of OUTCOMES) {
  it(`adds, as the person, somebody who ${what}: ${outcome}`, async (t) => {
    const { person, server } = await scene(t, busy, answer);
    assert.equal(await person.createMembership(space, bo, signal), outcome);
    const request = server.requests[1];
    assert.deepEqual([request?.method, request?.path], ['POST', '/v1/spaces/AAA/members']);
    assert.equal(request?.headers.authorization, 'Bearer ana-token');
    assert.deepEqual(request?.body, { member: { name: bo, type: 'HUMAN' } });
  });
}

it('adds the app itself', async (t) => {
  const { person, server } = await scene(t, { body: {} });
  await person.createMembership(space, 'app', signal);
  assert.deepEqual(server.requests[0]?.body, { member: { name: 'users/app', type: 'BOT' } });
});

it('adds somebody once, when the answer to the first attempt was lost', async (t) => {
  const { person } = await scene(t, 'cut', exists);
  assert.equal(await person.createMembership(space, bo, signal), 'here');
});

it('says why somebody can’t be added', async (t) => {
  const { person } = await scene(t, googleError(403, 'PERMISSION_DENIED', 'No'));
  await assert.rejects(person.createMembership(space, bo, signal), { code: 'chat_forbidden' });
});

it('sets up a space as the person, under the same id whenever it is repeated', async (t) => {
  const spaceUri = 'https://chat.google.com/room/NEW?cls=11';
  const { person, server } = await scene(t, 'cut', { body: { name: 'spaces/NEW', spaceUri } });
  const made = await person.setUpSpace({ displayName: 'Party', people: [bo] }, step, signal);
  assert.equal(made.address.href, spaceUri);
  const body = {
    requestId: idempotencyKeys(step, ana).requestId,
    space: { spaceType: 'SPACE', displayName: 'Party' },
    memberships: [{ member: { name: bo, type: 'HUMAN' } }],
  };
  assert.deepEqual(
    server.requests.map((request) => [request.path, request.headers.authorization, request.body]),
    [1, 2].map(() => ['/v1/spaces:setup', 'Bearer ana-token', body]),
  );
});

for (const spaceUri of [undefined, 'http://chat.google.com/room/NEW', 'javascript:alert(1)', 7]) {
  it(`finds the address of a new space where Chat tells ${spaceUri}`, async (t) => {
    const { person } = await scene(t, { body: { name: 'spaces/NEW', spaceUri } });
    const made = await person.setUpSpace({ displayName: 'Party', people: [] }, step, signal);
    assert.equal(made.address.href, 'https://chat.google.com/room/NEW');
  });
}

it('does not take a space of the same name for its own', async (t) => {
  const { person } = await scene(t, exists);
  await assert.rejects(person.setUpSpace({ displayName: 'Party', people: [] }, step, signal), {
    code: 'chat_already_exists',
  });
});

it('lists them as a person, with that person’s token', async (t) => {
  const memberships = [member(bo), member('users/9', 'BOT')];
  const { person, server } = await scene(t, { body: { memberships } });
  const members = await person.listMembers(space, signal);
  assert.deepEqual(
    members.map(({ kind }) => kind),
    ['person', 'app'],
  );
  assert.equal(server.requests[0]?.headers.authorization, 'Bearer ana-token');
});
