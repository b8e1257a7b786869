import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import {
  CHAT_MEMBERSHIPS_APP,
  CHAT_MESSAGES_CREATE,
  CHAT_SPACES_CREATE,
} from '../../src/lib/authorization/scopes.ts';
import { add } from '../../src/subscriber/commands/add.ts';
import type { PersonCommand } from '../../src/subscriber/commands/command.ts';
import { connect } from '../../src/subscriber/commands/connect.ts';
import { post } from '../../src/subscriber/commands/post.ts';
import { space } from '../../src/subscriber/commands/space.ts';
import type { Dispatcher } from '../../src/subscriber/dispatcher.ts';
import { ANA, added, DM, event, idOf, OTHER_ROOM, ROOM, says } from './events.ts';
import { linkOf, type Shown, wordsOf } from './recording-chat.ts';
import { type Scene, setScene } from './scene.ts';

/** Needs two permissions. */
const party: PersonCommand = {
  name: 'party',
  summary: () => 'Throw a party.',
  as: 'user',
  scopes: [CHAT_SPACES_CREATE, CHAT_MEMBERSHIPS_APP],
  run: ({ reply }) => reply({ text: 'The party is on.' }),
};

interface Town extends Scene {
  run(words: string, id?: string): Promise<string>;
  /** What the relay would publish of what waits in the room. */
  resume(id?: string): Promise<string>;
}

function setTown(t: TestContext): Town {
  const scene = setScene(t);
  const worker: Dispatcher = scene.worker([post, space, add, party, connect]);
  return {
    ...scene,
    run: async (words, id = words) => (await worker.dispatch(event(says(words, { id })))).result,
    resume: async (id = 'party') =>
      (await worker.dispatch({ outcome: 'due', requestId: idOf(id), space: ROOM })).result,
  };
}

const newest = (scene: Scene): string => scene.chat.messages().map(wordsOf).at(-1) ?? '';

/** What a card lists with a check mark. */
function listed({ card }: Shown): string[] {
  const widgets = (card?.sections ?? []).flatMap((section) => section.widgets ?? []);
  return widgets.flatMap(({ decoratedText }) => decoratedText?.text ?? []);
}

it('asks anew for the one of two permissions that was left out, and does it then', async (t) => {
  const town = setTown(t);
  assert.equal(await town.run('party'), 'parked');
  const [card] = town.chat.messages();
  assert.ok(card !== undefined);
  assert.equal(listed(card).length, 2);

  const first = town.link();
  await town.consent(first, ['openid', CHAT_SPACES_CREATE]);
  assert.equal(await town.resume(), 'parked');
  assert.notEqual(linkOf(card), first, 'the first link is used up');
  assert.match(wordsOf(card), /connected, but .* Everything else works/);
  assert.equal(card.card?.sections?.[1]?.header, 'What is missing');
  assert.deepEqual(listed(card), ['Add me to your spaces, and remove me, as you.']);

  await town.consent(town.link(), party.scopes);
  assert.equal(await town.resume(), 'answered');
  assert.match(wordsOf(card), /^Your account is connected/);
  assert.doesNotMatch(wordsOf(card), /haven’t allowed/);
  assert.equal(newest(town), 'The party is on.');
});

it('what needs the permission that was given works, and “status” shows what is off', async (t) => {
  const town = setTown(t);
  await town.run('party');
  await town.consent(town.link(), ['openid', CHAT_SPACES_CREATE]);
  await town.resume();
  assert.equal(await town.run('space'), 'answered');

  assert.equal(await town.run('status'), 'answered');
  const [allowed = '', off = ''] = newest(town).split('What I can’t do for you yet');
  assert.match(allowed, /• Create spaces in Google Chat as you\./);
  assert.match(off, /I ask you when you first need it/);
  assert.deepEqual(off.split('\n').slice(1), [
    '• post — Write messages in Google Chat as you. I can’t read any with it.',
    '• add — See, add and remove people in your spaces as you.',
    '• party — Add me to your spaces, and remove me, as you.',
  ]);
});

it('“status” has one line for commands that lack the same, with all that a command lacks', async (t) => {
  const town = setTown(t);
  const say: PersonCommand = { ...party, name: 'say', scopes: [CHAT_MESSAGES_CREATE] };
  await town.connect(ANA, ['openid']);
  const worker = town.worker([post, party, say]);
  await worker.dispatch(event(says('status')));
  assert.deepEqual(newest(town).split('\n').slice(-2), [
    '• post and say — Write messages in Google Chat as you. I can’t read any with it.',
    '• party — Create spaces in Google Chat as you. Add me to your spaces, and remove me, as you.',
  ]);
});

it('“status” says nothing of the sort when nothing is off', async (t) => {
  const town = setTown(t);
  await town.connect(ANA, [...post.scopes, ...space.scopes, ...add.scopes, ...party.scopes]);
  await town.run('status');
  assert.match(newest(town), /What you allow me/);
  assert.doesNotMatch(newest(town), /can’t do/);
});

it('the welcome’s card tells what it asked for, if the person gave something else meanwhile', async (t) => {
  const scene = setScene(t);
  scene.chat.directMessages.set(ANA, DM);
  await scene.dispatch(added(undefined, { id: 'welcome', space: DM }));
  const [welcome] = scene.chat.messages();
  await scene.dispatch(says('space Solo', { id: 'space', space: OTHER_ROOM, words: 'space Solo' }));
  await scene.consent(scene.link(), [CHAT_SPACES_CREATE]);
  await scene.runDue();

  assert.ok(welcome !== undefined);
  assert.match(wordsOf(welcome), /Your account is connected[\s\S]*haven’t allowed me/);
  assert.match(wordsOf(welcome), /• Write messages in Google Chat as you/);
  const others = scene.chat.messages().filter((shown) => shown !== welcome);
  assert.doesNotMatch(others.map(wordsOf).join('\n'), /haven’t allowed me/);
});
