import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { chat_v1 } from '@googleapis/chat';
import { ImpossibleAction } from '../../../simulator/world/entrance.ts';
import type { StoredMessage } from '../../../simulator/world/state.ts';
import { approveButton, cardWith } from '../events/published.ts';
import { ana, bruno, echo, type NewWorld, newWorld, postern, TOPIC } from './new-world.ts';

type Button = chat_v1.Schema$GoogleAppsCardV1Button;
type Content = Pick<chat_v1.Schema$Message, 'cardsV2' | 'accessoryWidgets'>;

async function post(
  { world, room }: NewWorld,
  content: Content,
  author = postern,
): Promise<StoredMessage> {
  const thread = { kind: 'new' } as const;
  const user = world.user(author);
  assert.ok(user);
  return world.post({ space: room, author: user, text: 'Pick', content, thread });
}

const withButtons = (...buttons: Button[]): Content => ({
  cardsV2: [{ cardId: 'one', card: cardWith(buttons) }],
});

const calling = (text: string, name: string): Button => ({
  text,
  onClick: { action: { function: name } },
});

/** The functions that the app was told of. */
function called({ events }: NewWorld): unknown[] {
  return events.map((event) => /"invokedFunction":"([^"]+)"/.exec(JSON.stringify(event))?.[1]);
}

suite('Somebody presses a button', () => {
  test('by what it says, wherever it is on the message', async () => {
    const here = newWorld();
    const row = { decoratedText: { text: 'Lunch', button: calling('Cancel', 'cancel') } };
    const icon: Button = { altText: 'More', onClick: { action: { function: 'more' } } };
    const { resource } = await post(here, {
      cardsV2: [
        { cardId: 'one', card: { sections: [{ widgets: [row] }] } },
        { cardId: 'two', card: cardWith([calling('Resolved', 'resolve'), icon]) },
      ],
      accessoryWidgets: [{ buttonList: { buttons: [calling('Hide', 'hide')] } }],
    });
    for (const label of ['Cancel', 'Resolved', 'More', 'Hide']) {
      assert.deepEqual(await here.world.press(ana, resource.name, label), {});
    }
    assert.deepEqual(called(here), ['cancel', 'resolve', 'more', 'hide']);
  });

  test('of several that say the same, by its number', async () => {
    const here = newWorld();
    const widgets = ['one', 'two'].map((name) => ({
      decoratedText: { text: name, button: calling('Cancel', name) },
    }));
    const { resource } = await post(here, { cardsV2: [{ card: { sections: [{ widgets }] } }] });
    await assert.rejects(here.world.press(ana, resource.name, 'Cancel'), /2 buttons say/);
    await here.world.press(ana, resource.name, 'Cancel', 1);
    await here.world.press(ana, resource.name, 'Cancel', 0);
    await assert.rejects(here.world.press(ana, resource.name, 'Cancel', 2), ImpossibleAction);
    assert.deepEqual(called(here), ['two', 'one']);
  });

  test('also of chips, and of what stands in columns', async () => {
    const here = newWorld();
    const chip = { label: 'Cancel', onClick: { action: { function: 'chip' } } };
    const nested = [{ buttonList: { buttons: [calling('Cancel', 'nested')] } }];
    const widgets = [
      { chipList: { chips: [chip] } },
      { columns: { columnItems: [{ widgets: nested }] } },
      { buttonList: { buttons: [calling('Cancel', 'last')] } },
    ];
    const { resource } = await post(here, { cardsV2: [{ card: { sections: [{ widgets }] } }] });
    for (const nth of [0, 1, 2]) await here.world.press(ana, resource.name, 'Cancel', nth);
    assert.deepEqual(called(here), ['chip', 'nested', 'last']);
  });

  const impossible: [what: string, content: Content][] = [
    ['that isn’t there', withButtons(calling('approve', 'f'))],
    ['that is disabled', withButtons({ ...approveButton('f'), disabled: true })],
    ['that does nothing', withButtons({ text: 'Approve' })],
    ['on a message without cards', {}],
  ];
  for (const [what, content] of impossible) {
    test(`but none ${what}`, async () => {
      const here = newWorld();
      const { resource } = await post(here, content);
      await assert.rejects(here.world.press(ana, resource.name, 'Approve'), ImpossibleAction);
      assert.deepEqual(here.events, []);
    });
  }

  test('and a link opens, of which nobody is told', async () => {
    const here = newWorld({ dialect: 'add-on' });
    const link = { text: 'Read', onClick: { openLink: { url: 'https://x.example/' } } };
    const { resource } = await post(here, withButtons(link));
    assert.deepEqual(await here.world.press(ana, resource.name, 'Read'), {});
    assert.deepEqual(here.events, []);
  });

  test('of another app, of which Postern is told nothing', async () => {
    const here = newWorld();
    const { resource } = await post(here, withButtons(approveButton('f')), echo);
    assert.deepEqual(await here.world.press(ana, resource.name, 'Approve'), {});
    assert.deepEqual(here.events, []);
  });
});

suite('A click tells the message as it is now', () => {
  for (const dialect of ['classic', 'add-on'] as const) {
    test(`in the dialect ${dialect}`, async () => {
      const here = newWorld({ dialect });
      const posted = await post(here, withButtons(approveButton(TOPIC)));
      const changed = cardWith([calling('Resolved', TOPIC), approveButton(TOPIC)]);
      const edited = here.world.edit(posted, {
        text: 'Now',
        cardsV2: [{ cardId: 'two', card: changed }],
      });
      await here.world.press(bruno, posted.resource.name, 'Resolved');
      const { lastUpdateTime = '', createTime } = edited.resource;
      assert.ok(lastUpdateTime && lastUpdateTime > createTime);
      const message = {
        name: posted.resource.name,
        createTime,
        lastUpdateTime,
        text: 'Now',
        thread: { name: posted.resource.thread.name },
        space: { name: here.room },
        cardsV2: [{ cardId: 'two', card: changed }],
      };
      const event =
        dialect === 'classic' ? { message } : { chat: { buttonClickedPayload: { message } } };
      assert.partialDeepStrictEqual(here.events[0], event);
    });
  }

  test('so a button that has gone can’t be pressed any more', async () => {
    const here = newWorld();
    const posted = await post(here, withButtons(approveButton('approve')));
    here.world.edit(posted, { cardsV2: [{ cardId: 'two', card: cardWith([]) }] });
    await assert.rejects(here.world.press(ana, posted.resource.name, 'Approve'), ImpossibleAction);
  });
});
