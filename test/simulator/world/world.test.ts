import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { fileSnapshot } from '../../../simulator/snapshot.ts';
import { ImpossibleAction } from '../../../simulator/world/entrance.ts';
import { ana, bruno, echo, newWorld, postern } from './new-world.ts';

suite('The world', () => {
  test('begins with a room of both people and Postern, and a direct message of Ana with Postern', () => {
    const { world, room, dm } = newWorld();
    assert.deepEqual(world.space(room)?.members, [ana, bruno, postern]);
    assert.deepEqual(world.space(dm)?.members, [ana, postern]);
    assert.equal(world.spaces().length, 2);
  });

  test('people have ids of 21 digits, and one Workspace', () => {
    const { people } = newWorld().world;
    for (const { id, domain } of people) {
      assert.match(id, /^\d{21}$/);
      assert.equal(domain, 'example.com');
    }
  });

  test("Bruno's direct message is made when he first opens it, and only then", async () => {
    const { world, events } = newWorld();
    const first = await world.openDirectMessage(bruno);
    const second = await world.openDirectMessage(bruno);
    assert.equal(first.resource.name, second.resource.name);
    assert.equal(events.length, 1);
    assert.partialDeepStrictEqual(events[0], { type: 'ADDED_TO_SPACE', user: { name: bruno } });
  });

  test('a message that opens a thread has its thread’s id twice, a reply has both', async () => {
    const { world, room } = newWorld();
    const first = await world.write(ana, room, 'one');
    const thread = first.resource.thread.name;
    const reply = await world.write(bruno, room, 'two', thread);
    const threadId = thread.replace(`${room}/threads/`, '');
    assert.equal(first.resource.name, `${room}/messages/${threadId}.${threadId}`);
    assert.ok(reply.resource.name.startsWith(`${room}/messages/${threadId}.`));
    assert.equal(reply.resource.threadReply, true);
    assert.equal(reply.resource.thread.name, thread);
  });

  test('two messages at the same moment have different names and times', async () => {
    const { world, room } = newWorld();
    const one = await world.write(ana, room, 'one');
    const two = await world.write(ana, room, 'two');
    assert.notEqual(one.resource.name, two.resource.name);
    assert.ok(one.resource.createTime < two.resource.createTime);
    assert.match(two.resource.createTime, /^2026-07-30T12:00:00\.\d{6}Z$/);
  });

  test('a slash command is seen by its author only', async () => {
    const { world, room } = newWorld();
    await world.write(ana, room, '/help');
    assert.equal(world.messagesSeenBy(ana, room).length, 1);
    assert.equal(world.messagesSeenBy(bruno, room).length, 0);
  });

  test('nobody sees into a space of others', async () => {
    const { world, dm } = newWorld();
    await world.write(ana, dm, 'secret');
    assert.deepEqual(world.messagesSeenBy(bruno, dm), []);
  });

  test('a mention brings an app into the room', async () => {
    const { world, room } = newWorld();
    await world.write(ana, room, 'hello @Echo');
    assert.ok(world.space(room)?.members.includes(echo));
    await world.write(echo, room, 'hello yourself');
  });

  test('a mention of a person who isn’t in the room is one, and leaves them where they are', async () => {
    const { world } = newWorld();
    const solo = world.setUp({
      displayName: 'Solo',
      creator: world.user(ana) ?? assert.fail(),
      people: [],
    });
    const { resource } = await world.write(ana, solo.resource.name, 'look, @Bruno');
    assert.equal(resource.annotations?.[0]?.userMention?.user?.name, bruno);
    assert.equal(resource.annotations?.[0]?.userMention?.type, 'MENTION');
    assert.deepEqual(world.space(solo.resource.name)?.members, [ana]);
    assert.deepEqual(world.messagesSeenBy(bruno, solo.resource.name), []);
  });

  const impossible: [string, (world: ReturnType<typeof newWorld>) => Promise<unknown>][] = [
    ['write where one is no member', ({ world, dm }) => world.write(bruno, dm, 'hi')],
    ['write as nobody', ({ world, room }) => world.write('users/1', room, 'hi')],
    ['write nothing', ({ world, room }) => world.write(ana, room, ' ')],
    [
      'reply in a thread that isn’t there',
      ({ world, room }) => world.write(ana, room, 'hi', `${room}/threads/x`),
    ],
    [
      'press what isn’t there',
      ({ world, room }) => world.press(ana, `${room}/messages/x`, 'Approve'),
    ],
    [
      'run a quick command that isn’t configured',
      ({ world, room }) => world.runQuickCommand(ana, room, 8),
    ],
    ['add an app as an app', ({ world, room }) => world.addApp(postern, room)],
  ];
  for (const [what, attempt] of impossible) {
    test(`nobody can ${what}`, async () => {
      const setting = newWorld();
      await assert.rejects(attempt(setting), ImpossibleAction);
      assert.deepEqual(setting.events, []);
    });
  }

  test('tells its listeners of every change, until they leave', async () => {
    const { world, room } = newWorld();
    let changes = 0;
    const leave = world.onChange(() => (changes += 1));
    await world.write(ana, room, 'one');
    leave();
    await world.write(ana, room, 'two');
    assert.equal(changes, 1);
  });
});

suite('A restart', () => {
  test('changes nothing', async (t) => {
    const file = temporaryFile(t);
    const { world, room, dm } = newWorld({ snapshot: fileSnapshot(file) });
    await world.write(ana, room, 'hello @Bruno');
    await world.write(ana, dm, '/help me');
    const author = world.user('users/app');
    assert.ok(author);
    await world.post({
      space: room,
      author,
      text: 'hi',
      content: { clientAssignedMessageId: 'client-one', privateMessageViewer: { name: ana } },
      thread: { kind: 'keyed', key: '__proto__' },
      requestId: '__proto__',
    });

    const { world: again } = newWorld({ snapshot: fileSnapshot(file) });
    assert.deepEqual(again.spaces(), world.spaces());
    assert.deepEqual(again.madeBy('__proto__'), world.madeBy('__proto__'));
    assert.equal(again.messagesSeenBy(bruno, room).length, 1);
  });

  test('leaves client-assigned message ids taken, of deleted messages too, and what is left of them', async (t) => {
    const file = temporaryFile(t);
    const { world, room } = newWorld({ snapshot: fileSnapshot(file) });
    const author = world.user('users/app');
    assert.ok(author);
    const content = { clientAssignedMessageId: 'client-one' };
    const posted = await world.post({
      space: room,
      author,
      text: 'hi',
      content,
      thread: { kind: 'new' },
    });
    world.remove(posted);

    const { world: again } = newWorld({ snapshot: fileSnapshot(file) });
    assert.equal(again.message(room, 'client-one'), undefined);
    assert.equal(again.isTaken(room, 'client-one'), true);
    assert.deepEqual(
      again.space(room)?.deleted.map(({ name }) => name),
      [posted.resource.name],
    );
  });

  test('with a file that holds something else is refused', (t) => {
    const file = temporaryFile(t);
    writeFileSync(file, '{"spaces":[{}]}');
    assert.throws(() => newWorld({ snapshot: fileSnapshot(file) }), { name: 'ZodError' });
  });
});

function temporaryFile(t: { after(clean: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'world-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return join(folder, 'world.json');
}
