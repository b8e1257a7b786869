import assert from 'node:assert/strict';
import { it } from 'node:test';
import { days, hours } from '../../src/lib/clock.ts';
import { ChatError, StoreError } from '../../src/lib/errors.ts';
import { ANA, BO, commands, GROUP, idOf, OTHER_ROOM, ROOM, says } from './events.ts';
import { linkOf, wordsOf } from './recording-chat.ts';
import { setScene } from './scene.ts';

it('asks a person who isn’t connected with one private card, and puts the request aside', async (t) => {
  const scene = setScene(t);
  assert.deepEqual(await scene.dispatch(says('good news')), { result: 'parked' });

  const [card, ...more] = scene.chat.messages();
  assert.deepEqual(more, []);
  assert.ok(card !== undefined && linkOf(card) !== undefined);
  assert.deepEqual([card.by, card.privateTo, card.thread], ['app', ANA, `${ROOM}/threads/T1`]);
  assert.equal(await scene.ledger(), 'waiting');
});

it('acks a second delivery of a request that waits, and asks no more', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('good news'));
  assert.deepEqual(await scene.dispatch(says('good news')), { result: 'duplicate' });
  assert.equal(scene.chat.messages().length, 1);
});

it('tells a person with an open card in the same space that the next request waits for it', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('first', { id: 'one' }));
  assert.deepEqual(await scene.dispatch(says('second', { id: 'two' })), { result: 'parked' });
  const [card, note, ...more] = scene.chat.messages();
  assert.deepEqual(more, []);
  assert.ok(card !== undefined && linkOf(card) !== undefined);
  assert.ok(note !== undefined && linkOf(note) === undefined);
  assert.equal(note.privateTo, ANA);
  assert.match(wordsOf(note), /use the card/);
});

it('gives a card of their own to another space and to another person', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('here', { id: 'one' }));
  await scene.dispatch(says('there', { id: 'two', space: OTHER_ROOM }));
  await scene.dispatch(says('me too', { id: 'three', person: BO }));
  const shown = scene.chat.messages();
  assert.deepEqual(
    shown.map(({ space, privateTo }) => [space, privateTo]),
    [
      [ROOM, ANA],
      [OTHER_ROOM, ANA],
      [ROOM, BO],
    ],
  );
  assert.equal(new Set(shown.map(linkOf)).size, 3);
});

it('asks privately in a group chat', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('good news', { space: GROUP }));
  assert.deepEqual(
    scene.chat.messages().map(({ space, privateTo }) => [space, privateTo]),
    [[GROUP, ANA]],
  );
});

it('does what waited once the person has consented, and the card says that they are connected', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('good news'));
  assert.equal(await scene.consent(scene.link()), 'completed');
  assert.deepEqual(await scene.runDue(), [{ result: 'answered' }]);

  const [card, post, ...more] = scene.chat.messages();
  assert.deepEqual(more, []);
  assert.ok(card !== undefined && linkOf(card) === undefined);
  assert.match(wordsOf(card), /connected/);
  assert.deepEqual([post?.by, post?.text, post?.space], [ANA, 'good news', ROOM]);
  assert.equal(await scene.ledger(), 'done');
});

it('does everything that waited, in every space, and only what its own person consented to', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('one', { id: 'one' }));
  await scene.dispatch(says('two', { id: 'two' }));
  await scene.dispatch(says('three', { id: 'three', space: OTHER_ROOM }));
  await scene.dispatch(says('mine', { id: 'four', person: BO }));
  await scene.consent(scene.link(ANA));
  await scene.runDue();
  const posts = scene.chat.messages().filter(({ by }) => by !== 'app');
  assert.deepEqual(posts.map(({ by, text }) => [by, text]).toSorted(), [
    [ANA, 'one'],
    [ANA, 'three'],
    [ANA, 'two'],
  ]);
  assert.equal(await scene.ledger('four'), 'waiting');
});

it('posts once when the relay publishes the same request twice, and knows nothing of others', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('good news'));
  await scene.consent(scene.link());
  await scene.runDue();
  const again = { outcome: 'due', space: ROOM } as const;
  const worker = scene.worker();
  assert.deepEqual(await worker.dispatch({ ...again, requestId: idOf('one') }), {
    result: 'duplicate',
  });
  assert.deepEqual(await worker.dispatch({ ...again, requestId: idOf('nobody’s') }), {
    result: 'duplicate',
  });
  assert.equal(scene.chat.messages().filter(({ by }) => by === ANA).length, 1);
});

it('a redelivered event may take a due request: it is posted once, and its card is settled', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('good news'));
  await scene.consent(scene.link());
  assert.deepEqual(await scene.dispatch(says('good news')), { result: 'answered' });
  assert.deepEqual(await scene.runDue(), []);
  const [card, ...posts] = scene.chat.messages();
  assert.match(card === undefined ? '' : wordsOf(card), /is connected/);
  assert.deepEqual(posts.map(wordsOf), ['good news']);
});

it('a consent that comes between the reading of the grant and the claim asks nobody again', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('good news'));
  const url = scene.link();
  scene.enter = async (path) => {
    if (path !== 'requests.claim') return;
    scene.enter = () => {};
    // The grant has been asked for, and there was none.
    await new Promise(setImmediate);
    await scene.consent(url);
  };
  assert.deepEqual(await scene.dispatch(says('good news')), { result: 'answered' });
  assert.equal(scene.chat.calls.filter(({ method }) => method === 'patchMessage').length, 1);
});

it('a consent that comes before the request is put aside makes it due at once', async (t) => {
  const scene = setScene(t);
  scene.enter = async (path) => {
    if (path === 'requests.park') await scene.consent(scene.link());
  };
  assert.deepEqual(await scene.dispatch(says('good news')), { result: 'parked' });
  assert.deepEqual(await scene.runDue(), [{ result: 'answered' }]);
  assert.deepEqual(scene.chat.messages().map(wordsOf).slice(1), ['good news']);
});

it('a message of the relay for a request that never waited leaves it to its own event', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  scene.chat.enter = () => {
    throw new ChatError('chat_unavailable', 'not now');
  };
  await scene.dispatch(says('good news'));
  scene.chat.enter = () => {};
  const due = { outcome: 'due', requestId: idOf('one'), space: ROOM } as const;
  assert.deepEqual(await scene.worker().dispatch(due), { result: 'duplicate' });
  assert.deepEqual(await scene.dispatch(says('good news')), { result: 'answered' });
});

it('shows a new card when the link of the first one has expired; either request is done by it', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('first', { id: 'one' }));
  scene.pass(hours(1));
  await scene.dispatch(says('second', { id: 'two' }));
  assert.equal(scene.chat.messages().filter((shown) => linkOf(shown) !== undefined).length, 2);
  await scene.consent(scene.link());
  assert.equal((await scene.runDue()).length, 2);
});

it('does nothing any more for a consent that comes a day late', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('good news'));
  scene.pass(days(1));
  await scene.connect();
  assert.deepEqual(await scene.runDue(), []);
});

it('“connect” says that the account is connected already, or thanks by the card alone', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('connect', { id: 'one' }));
  await scene.consent(scene.link());
  await scene.runDue();
  assert.equal(scene.chat.messages().length, 1);
  await scene.dispatch(says('connect', { id: 'two' }));
  assert.match(scene.chat.messages().map(wordsOf)[1] ?? '', /connected already/);
});

it('“connect” is answered by its card alone when the consent comes before an attempt that has shown it is over', async (t) => {
  const scene = setScene(t);
  scene.enter = (path) => {
    if (path === 'requests.park') throw new StoreError('store_unavailable', 'gone');
    return Promise.resolve();
  };
  assert.equal((await scene.dispatch(says('connect'))).result, 'retry');
  scene.enter = () => Promise.resolve();
  await scene.consent(scene.link());
  await scene.dispatch(says('connect'));
  const [card, ...more] = scene.chat.messages();
  assert.deepEqual(more, []);
  assert.match(card === undefined ? '' : wordsOf(card), /is connected/);
  assert.equal(card && linkOf(card), undefined);
});

it('a slash command waits for its consent like any other', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(commands(1, 'good news'));
  await scene.consent(scene.link());
  await scene.runDue();
  assert.equal(scene.chat.messages()[1]?.text, 'good news');
});

it('does what waited although its card can’t be changed any more', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('good news'));
  const [card] = scene.chat.messages();
  await scene.consent(scene.link());
  if (card !== undefined) scene.chat.delete(card.name);
  assert.deepEqual(await scene.runDue(), [{ result: 'answered' }]);
});

it('keeps what people wrote, and their links, out of the store and the log', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('the merger is off'));
  const url = new URL(scene.link());
  const options = { now: scene.now(), hideUntil: scene.now(), limit: 1 };
  await scene.consent(url.href);
  const [due] = await scene.store.requests.takeDue(options);
  assert.ok(due !== undefined);
  const claim = { now: scene.now(), leaseMs: 1, expiresAt: scene.now() * 2 };
  const kept = JSON.stringify(await scene.store.requests.claim(due.id, claim));
  assert.ok(!kept.includes('merger'));
  const log = JSON.stringify(scene.logged);
  assert.ok(!log.includes('merger') && !log.includes(url.searchParams.get('state') ?? 'state'));
});
