import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ana, type NewWorld, newWorld } from '../world/new-world.ts';
import { ACTION, postCard, SECRET, secretOf } from './published.ts';

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
    const card = await postCard(here, here.room);
    await here.world.click(ana, card, ACTION);
    assert.partialDeepStrictEqual(here.events[0], {
      commonEventObject: { parameters: { job: '1' } },
      chat: { buttonClickedPayload: { message: { name: card } } },
    });
    assert.ok(!JSON.stringify(here.events[0]).includes('approve'));
  });

  test('removing is a removedFromSpacePayload', async () => {
    const { world, events, room } = setting();
    await world.removeApp(ana, room);
    assert.partialDeepStrictEqual(events[0], {
      chat: { removedFromSpacePayload: { space: { name: room } } },
    });
  });
});
