import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ImpossibleAction } from '../../../simulator/world/entrance.ts';
import { ana, bruno, newWorld, postern, TOPIC } from '../world/new-world.ts';
import { postCard, SECRET, secretOf } from './published.ts';

suite('In the classic dialect', () => {
  test('a mention in a room is a MESSAGE with a secret to repeat it by', async () => {
    const { world, events, room } = newWorld();
    const { resource } = await world.write(ana, room, '@Postern  hi');
    assert.equal(events.length, 1);
    assert.partialDeepStrictEqual(events[0], {
      type: 'MESSAGE',
      eventTime: resource.createTime,
      user: { name: ana, type: 'HUMAN', email: 'ana@example.com' },
      space: { name: room, type: 'ROOM', spaceType: 'SPACE', displayName: 'Launch party' },
      message: {
        name: resource.name,
        sender: { name: ana },
        text: '@Postern  hi',
        argumentText: '  hi',
        annotations: [
          {
            type: 'USER_MENTION',
            startIndex: 0,
            length: 8,
            userMention: { type: 'MENTION', user: { name: postern, type: 'BOT' } },
          },
        ],
        space: { name: room },
        thread: { name: resource.thread.name },
      },
      common: { userLocale: 'en', timeZone: { id: 'America/New_York', offset: -14_400_000 } },
      thread: { name: resource.thread.name },
    });
    assert.match(secretOf(events[0]), SECRET);
  });

  test('two events have two secrets', async () => {
    const { world, events, dm } = newWorld();
    await world.write(ana, dm, 'one');
    await world.write(ana, dm, 'two');
    assert.notEqual(secretOf(events[0]), secretOf(events[1]));
  });

  test('the person’s language and time zone are told', async () => {
    const { world, events, room } = newWorld();
    await world.write(bruno, room, '@Postern oi');
    assert.partialDeepStrictEqual(events[0], {
      common: { userLocale: 'pt-BR', timeZone: { id: 'America/Sao_Paulo', offset: -10_800_000 } },
    });
  });

  test('a bare mention has no argument', async () => {
    const { world, events, room } = newWorld();
    await world.write(ana, room, '@Postern');
    assert.equal(events.length, 1);
    assert.ok(!JSON.stringify(events[0]).includes('argumentText'));
  });

  test('a slash command is a MESSAGE with a slashCommand', async () => {
    const { world, events, room } = newWorld();
    await world.write(ana, room, '/help me');
    assert.partialDeepStrictEqual(events[0], {
      type: 'MESSAGE',
      message: {
        text: '/help me',
        argumentText: ' me',
        slashCommand: { commandId: '1' },
        annotations: [
          {
            type: 'SLASH_COMMAND',
            startIndex: 0,
            length: 5,
            slashCommand: {
              type: 'INVOKE',
              commandName: '/help',
              commandId: '1',
              bot: { name: postern },
            },
          },
        ],
      },
    });
  });

  test('a quick command is an APP_COMMAND', async () => {
    const { world, events, dm } = newWorld();
    await world.runQuickCommand(ana, dm, 7);
    assert.partialDeepStrictEqual(events[0], {
      type: 'APP_COMMAND',
      appCommandMetadata: { appCommandId: 7, appCommandType: 'QUICK_COMMAND' },
    });
  });

  test('adding by mention is one ADDED_TO_SPACE with the message', async () => {
    const { world, events, room } = newWorld();
    await world.removeApp(ana, room);
    events.length = 0;
    await world.write(ana, room, '@Postern hi');
    assert.equal(events.length, 1);
    assert.partialDeepStrictEqual(events[0], {
      type: 'ADDED_TO_SPACE',
      message: { argumentText: ' hi', annotations: [{ userMention: { type: 'ADD' } }] },
    });
    assert.ok(world.space(room)?.members.includes(postern));
  });

  test('adding and removing by hand are events without a message', async () => {
    const { world, events, room } = newWorld();
    await world.removeApp(ana, room);
    await world.addApp(bruno, room);
    await world.addApp(bruno, room);
    assert.equal(events.length, 2);
    assert.partialDeepStrictEqual(events[0], { type: 'REMOVED_FROM_SPACE', user: { name: ana } });
    assert.partialDeepStrictEqual(events[1], { type: 'ADDED_TO_SPACE', user: { name: bruno } });
    assert.ok(!JSON.stringify(events).includes('"message"'));
  });

  test('a click tells function and parameters, of a card that the app sent', async () => {
    const setting = newWorld();
    const { world, events, room } = setting;
    const card = await postCard(setting, room);
    assert.deepEqual(await world.press(bruno, card, 'Approve'), {});
    assert.partialDeepStrictEqual(events[0], {
      type: 'CARD_CLICKED',
      user: { name: bruno },
      message: { name: card, sender: { name: postern, type: 'BOT' }, cardsV2: [{ cardId: 'one' }] },
      action: { actionMethodName: 'approve', parameters: [{ key: 'job', value: '1' }] },
      common: { invokedFunction: 'approve', parameters: { job: '1' } },
    });
  });

  test('a private card is clicked by its viewer only', async () => {
    const setting = newWorld();
    const card = await postCard(setting, setting.room, { viewer: ana });
    await assert.rejects(setting.world.press(bruno, card, 'Approve'), ImpossibleAction);
    await setting.world.press(ana, card, 'Approve');
    assert.equal(setting.events.length, 1);
    assert.partialDeepStrictEqual(setting.events[0], {
      user: { name: ana },
      message: { name: card, privateMessageViewer: { name: ana } },
    });
  });

  test('a topic is a function as any other', async () => {
    const setting = newWorld();
    const card = await postCard(setting, setting.room, { calls: TOPIC });
    await setting.world.press(ana, card, 'Approve');
    assert.partialDeepStrictEqual(setting.events[0], { action: { actionMethodName: TOPIC } });
  });
});
