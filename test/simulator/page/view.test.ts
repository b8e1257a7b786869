import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type PageView, viewFor } from '../../../simulator/page/view.ts';
import { createTown } from './town.ts';

describe('what somebody sees', () => {
  it('are the conversations that they are in', () => {
    const { world, ana, bruno, echo } = createTown();
    const titles = (me: string) => viewFor(world, me).spaces.map(({ title }) => title);
    assert.deepEqual(titles(ana), ['Launch party', 'Postern']);
    assert.deepEqual(titles(bruno), ['Launch party']);
    assert.deepEqual(titles(echo), []);
  });

  it('is what Ana sees, when nobody was chosen', () => {
    const { world, ana } = createTown();
    assert.equal(viewFor(world, 'users/nobody').me, ana);
  });

  it('are replies under the message that they answer', async () => {
    const { world, ana, bruno, room } = createTown();
    const first = await world.write(ana, room, 'one');
    await world.write(bruno, room, 'two');
    await world.write(bruno, room, 'three', first.resource.thread.name);
    assert.deepEqual(summaries(viewFor(world, ana), room), [['one', 'three'], ['two']]);
  });

  it('are private messages to them, and none to others', async () => {
    const { world, ana, bruno, room, postAsApp } = createTown();
    await postAsApp(room, 'psst', { privateTo: ana });
    assert.deepEqual(summaries(viewFor(world, ana), room), [['psst']]);
    assert.equal(messages(viewFor(world, ana), room)[0]?.isPrivate, true);
    assert.deepEqual(summaries(viewFor(world, bruno), room), []);
  });

  it('tells who posted for whom', async () => {
    const { world, ana, bruno, room, postAsApp, postForAna } = createTown();
    await world.write(ana, room, 'myself');
    await postForAna(room, 'for Ana');
    await postAsApp(room, 'as the app');
    const seen = messages(viewFor(world, ana), room);
    assert.deepEqual(
      seen.map(({ sender, via }) => [sender.displayName, sender.isApp, sender.isMe, via]),
      [
        ['Ana', false, true, ''],
        ['Ana', false, true, 'Postern'],
        ['Postern', true, false, ''],
      ],
    );
    assert.equal(messages(viewFor(world, bruno), room)[0]?.sender.isMe, false);
  });

  it('tells mentions of people and apps', async () => {
    const { world, ana, room } = createTown();
    await world.write(ana, room, '@Bruno meet @Postern');
    assert.deepEqual(messages(viewFor(world, ana), room)[0]?.body, [
      { kind: 'mention', text: '@Bruno' },
      { kind: 'text', text: ' meet ' },
      { kind: 'mention', text: '@Postern' },
    ]);
  });

  it('tells what was edited', async () => {
    const { world, ana, room, postAsApp } = createTown();
    world.edit(await postAsApp(room, 'before'), { text: 'after' });
    const [message] = messages(viewFor(world, ana), room);
    assert.deepEqual([message?.summary, message?.isEdited], ['after', true]);
  });

  it('tells buttons that say the same apart, as pressing them does', async () => {
    const { world, ana, room, postAsApp, published } = createTown();
    const cancel = (name: string) => ({
      text: 'Cancel',
      onClick: { action: { function: name } },
    });
    const link = { text: 'Cancel', onClick: { openLink: { url: 'https://x.example/' } } };
    const row = (text: string) => ({ decoratedText: { text, button: cancel(text) } });
    const card = {
      sections: [
        { widgets: [row('one'), { buttonList: { buttons: [link, cancel('two')] } }] },
        { widgets: [{ divider: {} }, row('three')] },
      ],
    };
    const posted = await postAsApp(room, '', { card });
    const accessoryWidgets = [{ buttonList: { buttons: [cancel('four')] } }];
    const { resource } = world.edit(posted, { accessoryWidgets });

    const [message] = messages(viewFor(world, ana), room);
    const widgets = message?.cards.flatMap(({ sections }) => sections.flatMap((s) => s.widgets));
    const onCards = (widgets ?? []).flatMap((widget) =>
      'buttons' in widget ? widget.buttons : [],
    );
    for (const { text, does } of [...onCards, ...(message?.buttons ?? [])]) {
      if (does.kind === 'act') await world.press(ana, resource.name, text, does.nth);
    }
    const called = published.map(
      (event) => /"invokedFunction":"(\w+)"/.exec(JSON.stringify(event))?.[1],
    );
    assert.deepEqual(called, ['one', 'two', 'three', 'four']);
  });

  it('offers whom they can mention: in a room also apps that are not there', () => {
    const { world, ana, room, direct } = createTown();
    const names = (space: string) =>
      viewFor(world, ana)
        .spaces.find(({ name }) => name === space)
        ?.mentionable.map(({ displayName }) => displayName);
    assert.deepEqual(names(room), ['Bruno', 'Echo', 'Postern']);
    assert.deepEqual(names(direct), ['Postern']);
  });
});

function messages(view: PageView, space: string) {
  return threads(view, space).flatMap((thread) => thread.messages);
}

function summaries(view: PageView, space: string): string[][] {
  return threads(view, space).map((thread) => thread.messages.map(({ summary }) => summary));
}

function threads({ spaces }: PageView, space: string) {
  return spaces.find(({ name }) => name === space)?.threads ?? [];
}
