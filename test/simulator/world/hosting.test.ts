import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ImpossibleAction } from '../../../simulator/world/entrance.ts';
import { ana, bruno, echo, type NewWorld, newWorld, postern } from './new-world.ts';

suite('A person creates a space', () => {
  test('and is in it with those whom they chose', async () => {
    const { world, events } = newWorld();
    const plan = { displayName: ' Lunch ', people: [bruno], withApp: false };
    const { resource, members } = await world.createSpace(ana, plan);
    assert.deepEqual(members, [ana, bruno]);
    assert.partialDeepStrictEqual(resource, {
      displayName: 'Lunch',
      spaceType: 'SPACE',
      spaceThreadingState: 'THREADED_MESSAGES',
      membershipCount: { joinedDirectHumanUserCount: 2 },
    });
    assert.deepEqual(events, []);
  });

  test('with the app, which is told', async () => {
    const { world, events } = newWorld();
    const plan = { displayName: 'Lunch', people: [], withApp: true };
    const { resource, members } = await world.createSpace(ana, plan);
    assert.deepEqual(members, [ana, postern]);
    assert.partialDeepStrictEqual(events, [
      { type: 'ADDED_TO_SPACE', space: { name: resource.name }, user: { name: ana } },
    ]);
  });
});

suite('People come and go', () => {
  test('added by somebody there, of which no app is told', async () => {
    const { world, room, events } = await withoutBruno();
    await world.addPerson(ana, room, bruno);
    assert.deepEqual(world.space(room)?.members, [ana, postern, bruno]);
    assert.deepEqual(countIn({ world, room }), 2);
    assert.deepEqual(events, []);
  });

  test('and see nothing any more of what they left', async () => {
    const { world, room } = await withoutBruno();
    assert.deepEqual(world.messagesSeenBy(bruno, room), []);
    assert.equal(countIn({ world, room }), 1);
    await assert.rejects(world.write(bruno, room, 'wait'), ImpossibleAction);
  });

  test('also by themselves', () => {
    const { world, room } = newWorld();
    world.removePerson(bruno, room, bruno);
    assert.deepEqual(world.space(room)?.members, [ana, postern]);
  });
});

suite('Nobody can', () => {
  const plan = { displayName: 'Lunch', people: [], withApp: false };
  const impossible: [what: string, attempt: (here: NewWorld) => unknown][] = [
    ['create a space as an app', ({ world }) => world.createSpace(echo, plan)],
    [
      'create one without a name',
      ({ world }) => world.createSpace(ana, { ...plan, displayName: ' ' }),
    ],
    [
      'give one a name that is too long',
      ({ world }) => world.createSpace(ana, { ...plan, displayName: 'x'.repeat(129) }),
    ],
    [
      'give one a name that is taken',
      ({ world }) => world.createSpace(ana, { ...plan, displayName: 'Launch party' }),
    ],
    [
      'create one with somebody who isn’t there',
      ({ world }) => world.createSpace(ana, { ...plan, people: ['users/1'] }),
    ],
    ['add who is there already', ({ world, room }) => world.addPerson(ana, room, bruno)],
    ['add an app as a person', ({ world, room }) => world.addPerson(ana, room, echo)],
    ['add somebody to a direct message', ({ world, dm }) => world.addPerson(ana, dm, bruno)],
    ['add somebody where they aren’t', ({ world, dm }) => world.addPerson(bruno, dm, bruno)],
    ['remove who isn’t there', ({ world, room }) => world.removePerson(ana, room, 'users/1')],
    ['leave a direct message', ({ world, dm }) => world.removePerson(ana, dm, ana)],
  ];
  for (const [what, attempt] of impossible) {
    test(what, async () => {
      const here = newWorld();
      const before = structuredClone(here.world.spaces());
      await assert.rejects(async () => await attempt(here), ImpossibleAction);
      assert.deepEqual(here.world.spaces(), before);
      assert.deepEqual(here.events, []);
    });
  }
});

test('What is left of a deleted message is known where it was seen by all', async () => {
  const { world, room } = newWorld();
  const author = world.user('users/app') ?? assert.fail();
  const post = (content: object) =>
    world.post({ space: room, author, text: 'x', content, thread: { kind: 'new' } });
  const open = await post({});
  world.remove(await post({ privateMessageViewer: { name: ana } }));
  world.remove(open);
  assert.deepEqual(world.messages(room), []);
  const { name, createTime, thread } = open.resource;
  assert.deepEqual(world.space(room)?.deleted, [
    { name, sender: postern, thread: thread.name, createTime },
  ]);
});

async function withoutBruno(): Promise<NewWorld> {
  const here = newWorld();
  await here.world.write(ana, here.room, 'hello');
  here.world.removePerson(ana, here.room, bruno);
  return here;
}

function countIn({ world, room }: Pick<NewWorld, 'world' | 'room'>): unknown {
  return world.space(room)?.resource.membershipCount?.joinedDirectHumanUserCount;
}
