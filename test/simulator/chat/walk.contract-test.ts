import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, suite, test } from 'node:test';
import { z } from 'zod';
import type { ChatUser } from '../../../simulator/world/people.ts';
import { ana } from '../world/new-world.ts';
import { type DiscoveredMethod, discovered, discovery, type Property } from './discovery.ts';
import { type Answer, DENIED, type RunningChat, startChat, type Token } from './running-chat.ts';

/**
 * Walks every method that the app uses, over HTTP: a good call is answered as the discovery document says, and what Google
 * would refuse is refused with the body that Google documents (chat-platform.md, section 7).
 */

interface Step {
  /** Without `chat.` before it. */
  id: string;
  token: Token;
  /** Below `/v1/`. */
  path: (place: { room: string; dm: string; message: string }) => string;
  body?: object;
  /** The same for what isn't there. */
  gone?: { path: string; status: number; message: string };
}

const NOT_FOUND = 'Requested entity was not found.';
const NO_SPACE = { status: 403, message: DENIED };

const STEPS: readonly Step[] = [
  {
    id: 'spaces.messages.create',
    token: 'app',
    path: ({ room }) => `${room}/messages`,
    body: { text: 'hi' },
    gone: { path: 'spaces/none/messages', ...NO_SPACE },
  },
  {
    id: 'spaces.messages.patch',
    token: 'app',
    path: ({ message }) => `${message}?updateMask=text`,
    body: { text: 'again' },
    gone: { path: 'spaces/none/messages/none?updateMask=text', ...NO_SPACE },
  },
  {
    id: 'spaces.messages.get',
    token: 'app',
    path: ({ message }) => message,
    gone: { path: 'spaces/none/messages/none', ...NO_SPACE },
  },
  {
    id: 'spaces.members.list',
    token: 'app',
    path: ({ room }) => `${room}/members`,
    gone: { path: 'spaces/none/members', ...NO_SPACE },
  },
  {
    id: 'spaces.members.create',
    token: 'ana',
    path: ({ room }) => `${room}/members`,
    body: { member: { name: 'users/carla@example.com', type: 'HUMAN' } },
    gone: { path: 'spaces/none/members', ...NO_SPACE },
  },
  {
    id: 'spaces.findDirectMessage',
    token: 'app',
    path: () => `spaces:findDirectMessage?name=${ana}`,
    gone: { path: 'spaces:findDirectMessage?name=users/1', status: 404, message: NOT_FOUND },
  },
  {
    id: 'spaces.setup',
    token: 'ana',
    path: () => 'spaces:setup',
    body: { space: { spaceType: 'SPACE', displayName: 'Blue' } },
  },
];

let chat: RunningChat;
let message: string;
before(async () => {
  chat = await startChat();
  chat.world.setPerson({
    id: '109558201746392810573',
    displayName: 'Carla',
    email: 'carla@example.com',
    domain: 'example.com',
  });
  const requestBody = { text: 'hi' };
  const { data } = await chat.as('app').spaces.messages.create({ parent: chat.room, requestBody });
  message = data.name ?? '';
});
after(() => chat.stop());

const more = (path: string, query: string): string =>
  `${path}${path.includes('?') ? '&' : '?'}${query}`;

for (const { id, token, path, body, gone } of STEPS) {
  const one = discoveredMethod(id);
  const call = (to: string, as: string = token, sent: object | undefined = body): Promise<Answer> =>
    chat.send(one.httpMethod, `/v1/${to}`, {
      ...(sent === undefined ? {} : { body: sent }),
      authorization: `Bearer ${as}`,
    });
  const here = (): string => path({ ...chat, message });

  suite(one.id, () => {
    test('answers as the discovery document says', async () => {
      const { status, text } = await call(here());
      assert.equal(status, 200, text);
      assertFits(JSON.parse(text), one.response?.$ref ?? '', id);
    });

    test('refuses a parameter that it doesn’t have', async () => {
      const problem = `Invalid JSON payload received. Unknown name "colour": Cannot bind query parameter. Field 'colour' could not be found in request message.`;
      assertRefused(await call(more(here(), 'colour=red')), 400, 'INVALID_ARGUMENT', problem);
    });

    if (body !== undefined) {
      test('refuses a field that it doesn’t have', async () => {
        const answer = await call(here(), token, { ...body, colour: 'red' });
        assertRefused(answer, 400, 'INVALID_ARGUMENT', /Unknown name "colour"/);
      });
    }

    test('refuses a token that it doesn’t know', async () => {
      assertRefused(await call(here(), 'stale'), 401, 'UNAUTHENTICATED', INVALID_CREDENTIALS);
    });

    test('refuses a token without one of its scopes, and says that this is why', async () => {
      const answer = await call(here(), 'app-without-scopes');
      const problem = 'Request had insufficient authentication scopes.';
      assertRefused(answer, 403, 'PERMISSION_DENIED', problem);
      assert.partialDeepStrictEqual(answer.error().details, [
        { reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT', domain: 'googleapis.com' },
      ]);
    });

    if (gone !== undefined) {
      test('refuses what isn’t there, as it refuses what isn’t the caller’s', async () => {
        const status = gone.status === 403 ? 'PERMISSION_DENIED' : 'NOT_FOUND';
        assertRefused(await call(gone.path), gone.status, status, gone.message);
      });
    }
  });
}

suite('Google’s other refusals', () => {
  const creator = (): ChatUser => chat.world.user(ana) ?? assert.fail();
  const post = (space: string, query = ''): Promise<Answer> =>
    chat.send('POST', `/v1/${space}/messages${query}`, { body: { text: 'hi' } });

  test('of what is in use already', async () => {
    assert.equal((await post(chat.room, '?messageId=client-one')).status, 200);
    const again = await post(chat.room, '?messageId=client-one');
    assertRefused(again, 409, 'ALREADY_EXISTS', /./);
  });

  test('of a space that the app was removed from', async () => {
    const { resource } = chat.world.setUp({ displayName: 'Red', creator: creator(), people: [] });
    const problem = 'This Chat app is not a member of this space.';
    assertRefused(await post(resource.name), 403, 'PERMISSION_DENIED', problem);
  });
});

test('every method that the app uses is walked', () => {
  const folder = new URL('../../../src/lib/chat/', import.meta.url);
  const used = ['google-chat.ts', 'webhook.ts'].flatMap((file) => [
    ...readFileSync(new URL(file, folder), 'utf8').matchAll(/await (spaces[.\w]+)\(/g),
  ]);
  const walked = STEPS.map(({ id }) => id);
  assert.deepEqual([...new Set(used.map(([, id]) => id))].toSorted(), walked.toSorted());
});

const INVALID_CREDENTIALS =
  'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.';

function discoveredMethod(id: string): DiscoveredMethod {
  const found = discovered.find((one) => one.id === `chat.${id}`);
  assert.ok(found, id);
  return found;
}

function assertRefused(answer: Answer, code: number, status: string, text: string | RegExp): void {
  const error = answer.error();
  assert.deepEqual([answer.status, error.code, error.status], [code, code, status]);
  if (typeof text === 'string') assert.equal(error.message, text);
  else assert.match(error.message, text);
}

const object = z.record(z.string(), z.unknown());

/** Each field is one of the schema’s, and of its type. */
function assertFits(value: unknown, schema: string, at: string): void {
  const properties = discovery.schemas[schema]?.properties ?? {};
  for (const [name, field] of Object.entries(object.parse(value))) {
    const property = properties[name];
    assert.ok(property, `${at}.${name} is no field of ${schema}`);
    assertIsA(field, property, `${at}.${name}`);
  }
}

function assertIsA(value: unknown, property: Property, at: string): void {
  const { $ref, items, type, enum: values } = property;
  if ($ref !== undefined) {
    assertFits(value, $ref, at);
  } else if (items !== undefined) {
    for (const item of z.array(z.unknown()).parse(value)) assertIsA(item, items, `${at}[]`);
  } else if (values !== undefined) {
    assert.ok(typeof value === 'string' && values.includes(value), `${at}: ${String(value)}`);
  } else {
    assert.equal(typeof value, type === 'integer' ? 'number' : type, at);
  }
}
