import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ana, type NewWorld, newWorld, TOPIC } from '../world/new-world.ts';
import { postCard, SECRET, secretOf } from './published.ts';

suite('In the dialect of add-ons', () => {
  const setting = (): NewWorld => newWorld({ dialect: 'add-on' });

  test('a message is a messagePayload with a secret to repeat it by', async () => {
    const { world, events, dm } = setting();
    const { resource } = await world.write(ana, dm, 'hi');
    assert.partialDeepStrictEqual(events[0], {
      commonEventObject: { userLocale: 'en', hostApp: 'CHAT', platform: 'WEB' },
      chat: {
        user: { name: ana },
        eventTime: resource.createTime,
        messagePayload: {
          space: { name: dm },
          message: { name: resource.name, argumentText: 'hi' },
        },
      },
    });
    assert.match(secretOf(events[0]), SECRET);
  });

  test('a slash command is an appCommandPayload, with numbers and strings where Chat has them', async () => {
    const { world, events, dm } = setting();
    await world.write(ana, dm, '/help');
    assert.partialDeepStrictEqual(events[0], {
      chat: {
        appCommandPayload: {
          appCommandMetadata: { appCommandId: 1, appCommandType: 'SLASH_COMMAND' },
          message: { slashCommand: { commandId: '1' } },
        },
      },
    });
    assert.ok(!JSON.stringify(events[0]).includes('argumentText'));
  });

  test('a quick command is an appCommandPayload without a message', async () => {
    const { world, events, dm } = setting();
    await world.runQuickCommand(ana, dm, 7);
    assert.partialDeepStrictEqual(events[0], {
      chat: {
        appCommandPayload: {
          appCommandMetadata: { appCommandId: 7, appCommandType: 'QUICK_COMMAND' },
          space: { name: dm },
        },
      },
    });
    assert.ok(!JSON.stringify(events[0]).includes('"message"'));
  });

  test('adding by mention is two events', async () => {
    const { world, events, room } = setting();
    await world.removeApp(ana, room);
    events.length = 0;
    await world.write(ana, room, '@Postern hi');
    assert.equal(events.length, 2);
    assert.partialDeepStrictEqual(events[0], {
      chat: { addedToSpacePayload: { interactionAdd: true, space: { name: room } } },
    });
    assert.partialDeepStrictEqual(events[1], {
      chat: { messagePayload: { message: { annotations: [{ userMention: { type: 'ADD' } }] } } },
    });
  });

  test('a click tells the parameters, and no function', async () => {
    const here = setting();
    const card = await postCard(here, here.room, { calls: TOPIC });
    assert.deepEqual(await here.world.press(ana, card, 'Approve'), {});
    assert.equal(here.events.length, 1);
    assert.partialDeepStrictEqual(here.events[0], {
      commonEventObject: { parameters: { job: '1' } },
      chat: { buttonClickedPayload: { message: { name: card } } },
    });
    assert.ok(!/invokedFunction|actionMethodName/.test(JSON.stringify(here.events[0])));
  });

  for (const calls of ['approve', 'postern', 'projects/p/topics/other', 'https://x.example/']) {
    test(`a click on a button that calls ${calls} is no event, and the person is told`, async () => {
      const here = setting();
      const card = await postCard(here, here.room, { calls });
      assert.deepEqual(await here.world.press(ana, card, 'Approve'), {
        notice: 'Postern is unable to process your request.',
      });
      assert.deepEqual(here.events, []);
    });
  }

  test('removing is a removedFromSpacePayload', async () => {
    const { world, events, room } = setting();
    await world.removeApp(ana, room);
    assert.partialDeepStrictEqual(events[0], {
      chat: { removedFromSpacePayload: { space: { name: room } } },
    });
  });
});
