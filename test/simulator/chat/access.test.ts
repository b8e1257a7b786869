import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { ana, bruno, echo, postern } from '../world/new-world.ts';
import { DENIED, type RunningChat, refused, startChat } from './running-chat.ts';

let chat: RunningChat;
before(async () => {
  chat = await startChat();
});
after(() => chat.stop());

suite('Whoever has no good token is told to get one', () => {
  const cases: { what: string; authorization: string; message: RegExp }[] = [
    { what: 'no bearer', authorization: 'Basic abc', message: /^Request is missing required/ },
    { what: 'an empty one', authorization: 'Bearer ', message: /^Request is missing required/ },
    { what: 'a bad one', authorization: 'Bearer bad', message: /^Request had invalid/ },
  ];
  for (const { what, authorization, message } of cases) {
    test(what, async () => {
      const answer = await chat.send('GET', '/v1/spaces', { authorization });
      assert.equal(answer.status, 401);
      assert.equal(answer.error().status, 'UNAUTHENTICATED');
      assert.match(answer.error().message, message);
      assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer realm=/);
    });
  }
});

suite('A token without the scope is refused, with the reason', () => {
  const cases: { token: string; verb: string; path: string }[] = [
    { token: 'ana-may-post', verb: 'GET', path: '/v1/spaces' },
    { token: 'ana-may-post', verb: 'GET', path: '/v1/{room}/messages/x' },
    { token: 'ana-may-post', verb: 'DELETE', path: '/v1/{room}/messages/x' },
    { token: 'ana-as-bot', verb: 'POST', path: '/v1/{room}/messages' },
    { token: 'app-without-scopes', verb: 'GET', path: '/v1/{room}/members' },
  ];
  for (const { token, verb, path } of cases) {
    test(`${token}: ${verb} ${path}`, async () => {
      const authorization = `Bearer ${token}`;
      const answer = await chat.send(verb, path.replace('{room}', chat.room), { authorization });
      const { status, message, details } = answer.error();
      assert.deepEqual([answer.status, status], [403, 'PERMISSION_DENIED']);
      assert.equal(message, 'Request had insufficient authentication scopes.');
      assert.partialDeepStrictEqual(details, [
        {
          reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
          domain: 'googleapis.com',
          metadata: { service: 'chat.googleapis.com' },
        },
      ]);
    });
  }

  test('the scope to post is enough to post', async () => {
    const { status } = await chat
      .as('ana-may-post')
      .spaces.messages.create({ parent: chat.room, requestBody: { text: 'hi' } });
    assert.equal(status, 200);
  });
});

suite('Spaces', () => {
  test('a person gets those they are in', async () => {
    const { data } = await chat.as('bruno').spaces.list();
    assert.deepEqual(
      data.spaces?.map(({ name }) => name),
      [chat.room],
    );
    const room = await chat.as('bruno').spaces.get({ name: chat.room });
    assert.equal(room.data.displayName, 'Launch party');
  });

  test('a person doesn’t learn whether a space of others exists', async () => {
    await refused(chat.as('bruno').spaces.get({ name: chat.dm }), 403, DENIED);
    await refused(chat.as('bruno').spaces.get({ name: 'spaces/none' }), 403, DENIED);
  });

  test('a list comes in pages', async () => {
    const first = await chat.as('ana').spaces.list({ pageSize: 1 });
    const pageToken = first.data.nextPageToken;
    assert.ok(pageToken);
    const second = await chat.as('ana').spaces.list({ pageSize: 1, pageToken });
    assert.equal(second.data.nextPageToken, undefined);
    const names = [...(first.data.spaces ?? []), ...(second.data.spaces ?? [])].map(
      ({ name }) => name,
    );
    assert.deepEqual(names, [chat.room, chat.dm]);
    await refused(chat.as('ana').spaces.list({ pageToken: 'x' }), 400);
    await refused(chat.as('ana').spaces.list({ pageSize: -1 }), 400);
  });

  test('the direct message of the app with a person is found by id and by e-mail', async () => {
    for (const name of [ana, 'users/ana@example.com']) {
      const { data } = await chat.as('app').spaces.findDirectMessage({ name });
      assert.equal(data.name, chat.dm);
    }
    const { data } = await chat.as('ana').spaces.findDirectMessage({ name: postern });
    assert.equal(data.name, chat.dm);
  });

  test('what isn’t there is not found', async () => {
    const find = (name: string) => chat.as('app').spaces.findDirectMessage({ name });
    await refused(find(bruno), 404, 'Requested entity was not found.');
    await refused(find('users/1'), 404);
    await refused(find('bruno'), 400);
    await refused(chat.as('ana').spaces.findDirectMessage({ name: ana }), 404);
  });
});

suite('Members', () => {
  test('the app sees the people, a person everybody', async () => {
    const members = async (token: 'app' | 'ana'): Promise<unknown[]> => {
      const { data } = await chat.as(token).spaces.members.list({ parent: chat.room });
      return (data.memberships ?? []).map(({ member }) => member?.name);
    };
    assert.deepEqual(await members('app'), [ana, bruno]);
    assert.deepEqual(await members('ana'), [ana, bruno, postern]);
  });

  test('one member is found by id and by e-mail', async () => {
    for (const id of [ana.replace('users/', ''), 'ana@example.com']) {
      const { data } = await chat
        .as('app')
        .spaces.members.get({ name: `${chat.room}/members/${id}` });
      assert.deepEqual(data.member, { name: ana, displayName: 'Ana', type: 'HUMAN' });
      assert.equal(data.state, 'JOINED');
    }
  });

  test('the app doesn’t learn about apps, itself included', async () => {
    const name = `${chat.room}/members/app`;
    await refused(chat.as('app').spaces.members.get({ name }), 403, /doesn't support access/);
    assert.equal((await chat.as('ana').spaces.members.get({ name })).status, 200);
  });

  test('who is no member is not found', async () => {
    const name = `${chat.room}/members/${echo.replace('users/', '')}`;
    await refused(chat.as('ana').spaces.members.get({ name }), 404);
  });
});

suite('An app that was removed', () => {
  test('is told so, and only where there is a space', async () => {
    const { world, dm } = chat;
    await world.removeApp(ana, dm);
    const create = (parent: string) =>
      chat.as('app').spaces.messages.create({ parent, requestBody: { text: 'hi' } });
    await refused(create(dm), 403, 'This Chat app is not a member of this space.');
    await refused(create('spaces/none'), 403, DENIED);
    await refused(chat.as('app').spaces.findDirectMessage({ name: ana }), 404);
    await world.addApp(ana, dm);
    assert.equal((await create(dm)).status, 200);
  });
});
