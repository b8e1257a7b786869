import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ana, bruno, echo, type NewWorld, newWorld } from '../world/new-world.ts';
import { postCard } from './published.ts';

suite('Chat keeps to itself', () => {
  const silent: [string, (setting: NewWorld) => Promise<unknown>][] = [
    ['a message in a room that mentions nobody', ({ world, room }) => world.write(ana, room, 'hi')],
    ['a mention of a person', ({ world, room }) => world.write(ana, room, '@Bruno hi')],
    ['a mention of another app', ({ world, room }) => world.write(ana, room, '@Echo hi')],
    [
      'a click on a card of an app that has left',
      async (setting) => {
        const { world, room, events } = setting;
        const card = await postCard(setting, room);
        await world.removeApp(ana, room);
        events.length = 0;
        assert.deepEqual(await world.press(bruno, card, 'Approve'), {});
      },
    ],
    [
      'what an app says, also to Postern',
      async ({ world, room }) => {
        await world.write(ana, room, '@Echo come');
        await world.write(echo, room, '@Postern hi');
      },
    ],
    [
      'a slash command where Postern isn’t',
      async ({ world, room, events }) => {
        await world.removeApp(ana, room);
        events.length = 0;
        await world.write(ana, room, '/help');
      },
    ],
  ];
  for (const [what, happen] of silent) {
    test(what, async () => {
      const setting = newWorld();
      await happen(setting);
      assert.deepEqual(setting.events, []);
    });
  }
});

test('whoever writes to Postern again after removing it, adds it again', async () => {
  const { world, events, dm } = newWorld();
  await world.removeApp(ana, dm);
  await world.write(ana, dm, 'hi');
  const types = events.map((event) => /"type":"([A-Z_]+)"/.exec(JSON.stringify(event))?.[1]);
  assert.deepEqual(types, ['REMOVED_FROM_SPACE', 'ADDED_TO_SPACE', 'MESSAGE']);
});
