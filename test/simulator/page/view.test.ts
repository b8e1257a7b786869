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

  it('is what is left of a deleted message, where everybody saw it', async () => {
    const { world, bruno, room, postAsApp } = createTown();
    const first = await postAsApp(room, 'one');
    await world.write(bruno, room, 'two', first.resource.thread.name);
    world.remove(await postAsApp(room, 'psst', { privateTo: bruno }));
    world.remove(first);
    const deleted = 'Message deleted by its author';
    assert.deepEqual(summaries(viewFor(world, bruno), room), [[deleted, 'two']]);
    const [message] = messages(viewFor(world, bruno), room);
    assert.partialDeepStrictEqual(message, {
      isDeleted: true,
      sender: { displayName: 'Postern', isApp: true, isMe: false },
      body: [],
    });
  });

  it('joins what somebody writes at one go, and nothing else', async () => {
    const { world, ana, bruno, room, postAsApp, postForAna } = createTown();
    await world.write(ana, room, 'one');
    const two = await world.write(ana, room, 'two');
    await world.write(bruno, room, 'reply', two.resource.thread.name);
    await world.write(bruno, room, 'another reply', two.resource.thread.name);
    await world.write(ana, room, 'after replies');
    await postForAna(room, 'by the app');
    await postAsApp(room, 'for all');
    await postAsApp(room, 'for Ana', { privateTo: ana });
    const joined = messages(viewFor(world, ana), room).filter(({ continues }) => continues);
    assert.deepEqual(
      joined.map(({ summary }) => summary),
      ['two', 'another reply'],
    );
  });

  it('joins nothing that is minutes apart', async () => {
    let now = Date.UTC(2026, 6, 30, 12);
    const { world, ana, room } = createTown('classic', { clock: () => now });
    await world.write(ana, room, 'one');
    now += 299_000;
    await world.write(ana, room, 'two');
    now += 300_000;
    await world.write(ana, room, 'three');
    const seen = messages(viewFor(world, ana), room).map(({ continues }) => continues);
    assert.deepEqual(seen, [false, true, false]);
  });

  it('offers the commands of the app to people, where it is', async () => {
    const { world, ana, echo, room, direct } = createTown();
    const offered = (me: string, space: string) =>
      viewFor(world, me).spaces.find(({ name }) => name === space)?.commands;
    const commands = [
      { kind: 'slash', id: 1, name: 'help', description: 'What it can do' },
      { kind: 'slash', id: 2, name: 'status', description: '' },
      { kind: 'quick', id: 7, name: 'Who is here', description: '' },
    ];
    assert.deepEqual(offered(ana, room), commands);
    assert.deepEqual(offered(ana, direct), commands);
    await world.write(ana, room, 'hello @Echo');
    assert.deepEqual(offered(echo, room), []);
    await world.removeApp(ana, room);
    assert.deepEqual(offered(ana, room), []);
  });

  it('tells who is in a space, and who isn’t', () => {
    const { world, ana, bruno, room } = createTown();
    world.removePerson(ana, room, bruno);
    const [space] = viewFor(world, ana).spaces;
    assert.deepEqual(
      space?.members.map(({ displayName }) => displayName),
      ['Ana', 'Postern'],
    );
    assert.deepEqual(
      space?.absent.map(({ displayName }) => displayName),
      ['Bruno'],
    );
    assert.deepEqual(viewFor(world, bruno).spaces, []);
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
