import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { nameIn, type Setting, setTerminal } from './terminal.ts';

let setting: Setting;
before(async () => {
  setting = await setTerminal();
});
after(() => setting.end());

const printed = z.object({ name: z.string(), already: z.boolean() });

describe('as the app', () => {
  it('posts, and tells the name of the message', async () => {
    const { code, out, err } = await setting.run(['send', setting.room, 'From the terminal']);
    assert.deepEqual({ code, err }, { code: 0, err: '' });
    const [message, ...more] = setting.posted('From the terminal');
    assert.deepEqual(more, []);
    assert.equal(message?.by, `users/${setting.google.world.app.id}`);
    assert.equal(out, `Posted: ${message.name}\n`);
  });

  it('needs nothing that is for people', async () => {
    const environment = { OAUTH_CLIENT_FILE: '/nowhere.json', TOKEN_KEYS: 'nonsense' };
    assert.equal((await setting.run(['members', setting.room], environment)).code, 0);
  });

  it('posts once under an id, also with the answer lost on the way', async () => {
    setting.google.chatFaults.failNext({ method: 'messages.create', after: 'commit' });
    const args = ['send', setting.room, 'Only once', '--id', 'release 7', '--json'];
    const ran = [await setting.run(args), await setting.run(args)];
    const [message, ...more] = setting.posted('Only once');
    assert.deepEqual(more, []);
    for (const { code, out } of ran) {
      assert.equal(code, 0);
      assert.equal(printed.parse(JSON.parse(out)).name, message?.name);
    }
  });

  it('tells that a message stands already', async () => {
    const id = ['--id', 'once more'];
    await setting.run(['send', setting.room, 'Stands', ...id]);
    const message = setting.posted('Stands')[0]?.name ?? '';
    // Chat knows requests again for a while only; names it keeps for ever.
    setting.google.chatFaults.failNext({ method: 'messages.create', status: 409 });
    const { code, out } = await setting.run(['send', setting.room, 'Stands', ...id]);
    assert.equal(code, 0, out);
    assert.match(
      out,
      /^Posted before, and not again: spaces\/\S+\/messages\/client-postern-\w+\n$/,
    );
    assert.equal(setting.posted('Stands')[0]?.name, message);
    assert.equal(setting.posted('Stands').length, 1);
  });

  it('posts in each space to which the same id is sent', async () => {
    const [, dm] = setting.google.world.spaces().map(({ resource }) => resource.name);
    const id = ['--id', 'everywhere'];
    const { out: here } = await setting.run(['send', setting.room, 'Everywhere', ...id]);
    const { out: there } = await setting.run(['send', dm ?? '', 'Everywhere', ...id]);
    assert.ok(here.startsWith(`Posted: ${setting.room}/`), here);
    assert.ok(there.startsWith(`Posted: ${dm}/`), there);
  });

  it('posts twice without an id', async () => {
    await setting.run(['send', setting.room, 'Twice']);
    await setting.run(['send', setting.room, 'Twice']);
    assert.equal(setting.posted('Twice').length, 2);
  });

  it('replies in a thread', async () => {
    await setting.run(['send', setting.room, 'The beginning']);
    const begun = setting.google.world
      .messages(setting.room)
      .find(({ resource }) => resource.text === 'The beginning')?.resource.thread?.name;
    await setting.run(['send', setting.room, 'The reply', '--thread', begun ?? '']);
    const reply = setting.google.world
      .messages(setting.room)
      .find(({ resource }) => resource.text === 'The reply');
    assert.equal(reply?.resource.thread?.name, begun);
  });

  it('changes the text of its own message', async () => {
    const { out } = await setting.run(['send', setting.room, 'With a mistale']);
    const { code } = await setting.run(['update', nameIn(out), 'Without a mistake']);
    assert.equal(code, 0);
    assert.equal(setting.posted('With a mistale').length, 0);
    assert.equal(setting.posted('Without a mistake').length, 1);
  });

  it('lists the people in a space', async () => {
    const { out } = await setting.run(['members', setting.room]);
    const { ana, bruno } = setting;
    assert.equal(out, `users/${ana.id}  person  Ana\nusers/${bruno.id}  person  Bruno\n`);
  });

  it('says what to do where it is no member, and where there is no such space', async () => {
    const { world } = setting.google;
    const elsewhere = world.setUp({
      displayName: 'Without Postern',
      creator: world.user(`users/${setting.ana.id}`) ?? assert.fail(),
      people: [],
    }).resource.name;
    for (const [space, words] of [
      [elsewhere, /^Error \(chat_not_member\): .* Somebody there has to add it\.\n$/],
      ['spaces/NOWHERE', /^Error \(chat_forbidden\): .*\n$/],
    ] as const) {
      const { code, out, err } = await setting.run(['send', space, 'Nobody reads this']);
      assert.deepEqual({ code, out }, { code: 1, out: '' });
      assert.match(err, words);
    }
  });
});
