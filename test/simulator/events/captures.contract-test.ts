import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { ana, bruno, type NewWorld, newWorld, TOPIC } from '../world/new-world.ts';
import { approveButton, cardWith } from './published.ts';

/** Holds what we publish against what others have seen on the wire: no key of ours may be an invention. */

const shared = process.env['POSTERN_SHARED'] ?? join(import.meta.dirname, '../../../../shared');
const folder = join(shared, 'google/events');
const files = readdirSync(folder);

/** A real capture, by its number. */
function capture(number: number): unknown {
  const file = files.find((name) => name.startsWith(`${number}-`));
  assert.ok(file, `capture ${number} is missing`);
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}

/** The app's own: what is on a card, and what its buttons say. */
const THE_APPS_OWN = /(cardsV2|common\.parameters|commonEventObject\.parameters)$/;

/** Every path to a key, such as `message.annotations[].type`. */
function pathsOf(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null || THE_APPS_OWN.test(at)) return [at];
  if (Array.isArray(value)) return value.flatMap((item) => pathsOf(item, `${at}[]`));
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(at === '' ? [] : [at]),
    ...pathsOf(inner, at === '' ? key : `${at}.${key}`),
  ]);
}

/** What every value is: a number must not be a string in one and a number in the other. */
function typesOf(value: unknown, at = ''): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((item) => typesOf(item, `${at}[]`));
  if (typeof value !== 'object' || value === null) return [[at, typeof value]];
  return Object.entries(value).flatMap(([key, inner]) => typesOf(inner, `${at}.${key}`));
}

/** Keys of ours that the captures happen not to have, from Chat's reference (chat-platform.md, sections 1 and 2). */
const isDocumented = (path: string): boolean =>
  [
    'thread',
    'thread.name',
    'common',
    'common.userLocale',
    'common.hostApp',
    'common.timeZone',
    'common.timeZone.id',
    'common.timeZone.offset',
    'configCompleteRedirectUrl',
  ].includes(path);

/** What our events can't have: forms to fill in, mentions where nobody is mentioned, and an argument where none is left. */
const CANT_HAVE = /formInputs/;

interface Case {
  name: string;
  dialect: 'classic' | 'add-on';
  captures: number[];
  happen(setting: NewWorld): Promise<unknown>;
}

const clickCard = async ({ world, room }: NewWorld, calls: string): Promise<void> => {
  const author = world.user('users/app');
  assert.ok(author);
  const { resource } = await world.post({
    space: room,
    author,
    text: 'pick one',
    content: { cardsV2: [{ cardId: 'one', card: cardWith([approveButton(calls)]) }] },
    thread: { kind: 'new' },
  });
  await world.press(ana, resource.name, 'Approve');
};

const addByMention = async ({ world, room, events }: NewWorld): Promise<void> => {
  await world.removeApp(ana, room);
  events.length = 0;
  await world.write(ana, room, '@Postern');
};

const cases: Case[] = [
  {
    name: 'a classic ADDED_TO_SPACE in a direct message',
    dialect: 'classic',
    captures: [12],
    happen: ({ world }) => world.openDirectMessage(bruno),
  },
  {
    name: 'a classic CARD_CLICKED',
    dialect: 'classic',
    captures: [18],
    happen: (setting) => clickCard(setting, 'approve'),
  },
  {
    name: 'an add-on’s message in a direct message',
    dialect: 'add-on',
    captures: [36, 37],
    happen: ({ world, dm }) => world.write(ana, dm, 'hi'),
  },
  {
    name: 'an add-on’s message in a room',
    dialect: 'add-on',
    captures: [38],
    happen: ({ world, room }) => world.write(ana, room, '@Postern  how are you?'),
  },
  {
    name: 'an add-on’s two events of an adding by mention',
    dialect: 'add-on',
    captures: [39, 40],
    happen: addByMention,
  },
  {
    name: 'an add-on’s slash command',
    dialect: 'add-on',
    captures: [41],
    happen: ({ world, dm }) => world.write(ana, dm, '/help'),
  },
  {
    name: 'an add-on’s click',
    dialect: 'add-on',
    captures: [44],
    happen: (setting) => clickCard(setting, TOPIC),
  },
];

suite('As seen on the wire', () => {
  for (const { name, dialect, captures, happen } of cases) {
    test(`${name}: the same keys`, async () => {
      const setting = newWorld({ dialect });
      await happen(setting);
      const ours = new Set(setting.events.flatMap((event) => pathsOf(event)));
      const theirs = new Set(captures.flatMap((number) => pathsOf(capture(number))));

      const invented = [...ours].filter((path) => !theirs.has(path) && !isDocumented(path));
      assert.deepEqual(invented, [], 'keys that no capture has');
      const missing = [...theirs].filter((path) => !ours.has(path) && !CANT_HAVE.test(path));
      assert.deepEqual(missing, [], 'keys that we leave out');
    });

    test(`${name}: the same types`, async () => {
      const setting = newWorld({ dialect });
      await happen(setting);
      const theirs = new Map(captures.flatMap((number) => typesOf(capture(number))));
      for (const [path, type] of setting.events.flatMap((event) => typesOf(event))) {
        assert.equal(type, theirs.get(path) ?? type, path);
      }
    });
  }

  test('a classic MESSAGE holds the same message as an add-on’s', async () => {
    const classic = newWorld();
    await classic.world.write(ana, classic.room, '@Postern  how are you?');
    const ours = pathsOf(classic.events[0]);
    const theirs = new Set(
      pathsOf(capture(38)).map((path) =>
        path.replace(/^chat\.(messagePayload\.)?/, '').replace('RedirectUri', 'RedirectUrl'),
      ),
    );
    const invented = ours.filter(
      (path) => !theirs.has(path) && path !== 'type' && !isDocumented(path),
    );
    assert.deepEqual(invented, []);
  });
});
