import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Backlog } from '../../../simulator/pubsub/backlog.ts';
import { noSnapshot } from '../../../simulator/snapshot.ts';
import { type Counter, createCounter } from '../../../simulator/weather/tally.ts';
import type { ChatWorld, NewMessage } from '../../../simulator/world/chat-world.ts';
import { createWorld } from '../../../simulator/world/create-world.ts';

const QUESTION = [
  {
    cardId: 'connect',
    card: {
      sections: [
        {
          widgets: [
            {
              buttonList: {
                buttons: [
                  {
                    text: 'Connect',
                    onClick: { openLink: { url: 'http://127.0.0.1/o/oauth2/v2/auth?state=1' } },
                  },
                ],
              },
            },
          ],
        },
      ],
    },
  },
];
const SETTLED = [{ cardId: 'connected', card: { header: { title: 'Connected' } } }];

/** An app that does as it is told here stands in for Postern: one that is right doubles and loses nothing. */
describe('what the weather page counts', () => {
  let now: number;
  let world: ChatWorld;
  let counter: Counter;
  let ana: string;
  let room: string;
  beforeEach(() => {
    now = Date.UTC(2026, 6, 30, 12);
    counter = createCounter(() => now);
    world = createWorld({
      snapshot: noSnapshot(),
      clock: () => now,
      topic: 'projects/p/topics/t',
      publish: ({ data }) => counter.note(Buffer.from(JSON.stringify(data))),
      dialect: () => 'add-on',
    });
    ana = `users/${world.people[0]?.id}`;
    room = world.spaces()[0]?.resource.name ?? '';
    world.onChange(() => {
      counter.stirred();
      counter.look(world);
    });
  });

  const write = async (text: string, thread?: string) =>
    (await world.write(ana, room, text, thread)).resource.thread.name;
  const answer = (thread: string, text: string, more: Partial<NewMessage> = {}) =>
    world.post({
      space: room,
      author: world.user('users/app') ?? assert.fail(),
      text,
      content: {},
      thread: { kind: 'reply', thread },
      ...more,
    });
  const count = (backlog: Partial<Backlog> = {}) =>
    counter.count(world, {
      waiting: 0,
      delayed: 0,
      leased: 0,
      consumers: 0,
      delivered: 0,
      acknowledged: 0,
      deadLettered: 0,
      ...backlog,
    });
  /** Nothing has happened for long enough. */
  const rest = () => {
    now += counter.restsIn();
  };

  it('is nothing at first', () => {
    rest();
    const { delivered: _, ...counts } = count();
    assert.deepEqual([...new Set(Object.values(counts))], [0]);
  });

  it('is an answer for each request', async () => {
    await answer(await write('@Postern help'), 'So');
    await answer(await write('@Postern help'), 'So');
    rest();
    const { published, answered, doubled, lost, underWay } = count();
    assert.deepEqual(
      { published, answered, doubled, lost, underWay },
      { published: 2, answered: 2, doubled: 0, lost: 0, underWay: 0 },
    );
  });

  it('is a post in Ana’s name', async () => {
    const author = world.user(ana) ?? assert.fail();
    await answer(await write('@Postern Hello'), 'Hello', { author });
    assert.equal(count().posts, 1);
  });

  it('is something lost, when nobody is at it any more', async () => {
    await write('@Postern help');
    assert.equal(count().underWay, 1, 'it has just been said');
    rest();
    assert.deepEqual([count({ leased: 1 }).underWay, count({ leased: 1 }).lost], [1, 0]);
    assert.deepEqual([count().underWay, count().lost], [0, 1]);
  });

  it('is something doubled, when the same is told twice in one thread', async () => {
    const thread = await write('@Postern help');
    await answer(thread, 'So');
    await answer(thread, 'So');
    assert.equal(count().doubled, 1);
    await write('@Postern help', thread);
    assert.equal(count().doubled, 0, 'that was asked twice');
  });

  it('is something doubled, when two greetings come for one addition', async () => {
    await world.removeApp(ana, room);
    await world.addApp(ana, room);
    for (const _ of [1, 2]) await answer('', 'Welcome', { thread: { kind: 'new' } });
    assert.equal(count().doubled, 1);
  });

  it('is a wait for a consent, until the question is settled and what was asked is done', async () => {
    const thread = await write('@Postern Hello');
    const question = await answer(thread, '', {
      content: { cardsV2: QUESTION, privateMessageViewer: { name: ana } },
    });
    rest();
    assert.deepEqual([count().waiting, count().answered, count().lost], [1, 0, 0]);

    world.edit(question, { cardsV2: SETTLED });
    assert.deepEqual([count().waiting, count().underWay], [0, 1]);
    rest();
    assert.equal(count().lost, 1, 'no post has come of it');

    await answer(thread, 'Hello', { author: world.user(ana) ?? assert.fail() });
    assert.deepEqual([count().answered, count().lost], [1, 0]);
  });

  it('asks no more than the settled question of who only connects', async () => {
    const question = await answer(await write('@Postern connect'), '', {
      content: { cardsV2: QUESTION, privateMessageViewer: { name: ana } },
    });
    world.edit(question, { cardsV2: SETTLED });
    rest();
    assert.deepEqual([count().answered, count().lost], [1, 0]);
  });

  it('forgets what was asked where the app was removed', async () => {
    await write('@Postern help');
    await world.removeApp(ana, room);
    rest();
    assert.equal(count().lost, 0);
  });
});
