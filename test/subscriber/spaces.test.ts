import assert from 'node:assert/strict';
import { it } from 'node:test';
import { AuthorizationError } from '../../src/lib/errors.ts';
import { ANA, added, DM, GROUP, OTHER_ROOM, ROOM, removed, says } from './events.ts';
import { linkOf, wordsOf } from './recording-chat.ts';
import { setScene } from './scene.ts';

for (const space of [ROOM, GROUP] as const) {
  it(`greets ${space} for all to see, and shows no link there`, async (t) => {
    const scene = setScene(t);
    assert.deepEqual(await scene.dispatch(added(undefined, { space })), { result: 'answered' });
    const [welcome, ...more] = scene.chat.messages();
    assert.deepEqual(more, []);
    assert.ok(welcome !== undefined && linkOf(welcome) === undefined);
    assert.deepEqual([welcome.space, welcome.privateTo], [space, undefined]);
    assert.match(wordsOf(welcome), /Hello/);
  });
}

it('greets a room, then answers privately what it was added with', async (t) => {
  const scene = setScene(t);
  assert.deepEqual(await scene.dispatch(added('good news')), { result: 'parked' });
  const [welcome, card] = scene.chat.messages();
  assert.equal(welcome?.privateTo, undefined);
  assert.ok(card !== undefined && linkOf(card) !== undefined);
  assert.equal(card.privateTo, ANA);

  await scene.consent(scene.link());
  await scene.runDue();
  assert.deepEqual(
    scene.chat
      .messages()
      .map(({ text }) => text)
      .slice(2),
    ['good news'],
  );
});

it('greets in a direct message with the link, once, and thanks for the consent', async (t) => {
  const scene = setScene(t);
  scene.chat.directMessages.set(ANA, DM);
  assert.deepEqual(await scene.dispatch(added(undefined, { space: DM })), { result: 'parked' });
  const [welcome, ...more] = scene.chat.messages();
  assert.deepEqual(more, []);
  assert.ok(welcome !== undefined && linkOf(welcome) !== undefined);
  assert.match(wordsOf(welcome), /Hello/);

  await scene.consent(scene.link());
  assert.deepEqual(await scene.runDue(), [{ result: 'answered' }]);
  assert.deepEqual(scene.chat.messages().length, 1);
  assert.match(scene.chat.messages().map(wordsOf).join(), /is connected/);
});

it('only greets in the direct message of a person who is connected', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  assert.deepEqual(await scene.dispatch(added(undefined, { space: DM })), { result: 'answered' });
  const [welcome, ...more] = scene.chat.messages();
  assert.deepEqual(more, []);
  assert.ok(welcome !== undefined && linkOf(welcome) === undefined);
});

it('answers in a direct message with an ordinary message', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('help', { space: DM }));
  assert.deepEqual(
    scene.chat.messages().map(({ space, privateTo }) => [space, privateTo]),
    [[DM, undefined]],
  );
});

it('ends what waits in a space that it was removed from, there only, and says nothing', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('here', { id: 'one' }));
  const here = scene.link();
  await scene.dispatch(says('there', { id: 'two', space: OTHER_ROOM }));
  const before = scene.chat.calls.length;
  assert.deepEqual(await scene.dispatch(removed({ id: 'bye' })), { result: 'answered' });
  assert.equal(scene.chat.calls.length, before);
  assert.equal(await scene.ledger('one'), 'done');
  assert.equal(await scene.consent(here), 'unknown');

  await scene.consent(scene.link());
  await scene.runDue();
  assert.deepEqual(
    scene.chat
      .messages()
      .filter(({ by }) => by === ANA)
      .map(wordsOf),
    ['there'],
  );
});

it('disconnects: ends the grant at Google, and forgets it and everything that waits', async (t) => {
  const scene = setScene(t);
  await scene.connect(ANA, ['openid']);
  await scene.dispatch(says('good news', { id: 'one' }));
  const revoked: string[] = [];
  scene.google.revoke = async (token) => void revoked.push(token);
  await scene.dispatch(says('disconnect', { id: 'two' }));
  assert.deepEqual(revoked, ['1//refresh']);
  assert.equal(await scene.store.grants.get(ANA), undefined);
  assert.equal(await scene.ledger('one'), 'done');
  assert.match(scene.chat.messages().map(wordsOf).at(-1) ?? '', /Google has ended/);
});

it('forgets also when Google can’t be told, and says so', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  scene.google.revoke = () =>
    Promise.reject(new AuthorizationError('oauth_unavailable', 'not now'));
  assert.deepEqual(await scene.dispatch(says('disconnect')), { result: 'answered' });
  assert.equal(await scene.store.grants.get(ANA), undefined);
  assert.match(scene.chat.messages().map(wordsOf).join(), /couldn’t tell Google/);
});

it('shows the state of the connection, with the day in the person’s own time zone', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  const zones = [
    ['Pacific/Kiritimati', 'August 18, 2026'],
    ['Europe/Zurich', 'August 17, 2026'],
    ['Mars/Olympus', 'August 17, 2026'],
    [undefined, 'August 17, 2026'],
  ] as const;
  for (const [timeZone, day] of zones) {
    const id = `status ${timeZone}`;
    await scene.dispatch(says('status', timeZone === undefined ? { id } : { id, timeZone }));
    const words = scene.chat.messages().map(wordsOf).at(-1) ?? '';
    assert.match(words, /ana@example\.com/);
    assert.ok(words.includes(day), `${timeZone}: ${words}`);
  }
});

it('help lists every command but itself: what people do most, then the others by name', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('help'));
  const words = scene.chat.messages().map(wordsOf).join();
  const listed = [...words.matchAll(/^(\w+(?: \w+)?) — /gm)].map(([, name]) => name);
  assert.deepEqual(listed, [
    'post',
    'add',
    'add app',
    'connect',
    'disconnect',
    'incident',
    'members',
    'schedule',
    'space',
    'status',
  ]);
});

it('help shows an example of every command that needs more than its name', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('help'));
  const words = scene.chat.messages().map(wordsOf).join();
  const examples = [...words.matchAll(/For example: “(.+)”$/gm)].map(([, example]) => example);
  assert.deepEqual(examples, [
    'Good morning, everyone!',
    'add @Ana @Bruno',
    'incident Payments API is down @Ana @Bruno',
    'members @Ana @Bruno',
    'schedule tomorrow 9:00 Good morning',
    'space Launch party @Ana @Bruno',
  ]);
});
