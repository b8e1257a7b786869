import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ChatError } from '../../../src/lib/errors.ts';
import { userName } from '../../../src/lib/names.ts';
import { ANA, BO, ROOM, says, type Told } from '../events.ts';
import { type Scene, setScene } from '../scene.ts';

const person = (name: string, displayName?: string) => ({
  name: userName.parse(name),
  kind: 'person' as const,
  displayName,
});
const mentioned = (...people: readonly [string, string][]): Told => ({
  mentions: people.map(([name, displayName]) => ({ name, displayName })),
  words: 'members',
});

async function answer(scene: Scene, words = 'members', told: Told = {}): Promise<string> {
  assert.deepEqual(await scene.dispatch(says(words, told)), { result: 'answered' });
  const [reply, ...more] = scene.chat.messages();
  assert.deepEqual(more, []);
  assert.deepEqual([reply?.by, reply?.privateTo], ['app', ANA]);
  return reply?.text ?? '';
}

it('lists the people by name, and the apps apart, to the person who asks', async (t) => {
  const scene = setScene(t);
  const app = { ...person('users/9', 'Echo'), kind: 'app' as const };
  scene.chat.members.set(ROOM, [app, person(ANA, 'Ana'), person(BO, 'Bo')]);
  assert.equal(
    await answer(scene),
    'There are 2 people in this space:\n• Ana\n• Bo\nAnd these apps:\n• Echo',
  );
});

it('mentions who has no name, which notifies nobody in a private answer', async (t) => {
  const scene = setScene(t);
  scene.chat.members.set(ROOM, [person(BO), person(ANA, ' \n')]);
  assert.match(await answer(scene), /• <users\/202>\n• <users\/101>/);
});

it('lets no name mention, disguise a link, or look like two', async (t) => {
  const scene = setScene(t);
  const names = [
    '<users/all>',
    '<https://evil.example|Ana>',
    '<a',
    'b|c>',
    'Bo\n• Eve',
    'x\u202Ey',
  ];
  scene.chat.members.set(
    ROOM,
    names.map((name, index) => person(`users/${index}`, name)),
  );
  const text = await answer(scene);
  assert.doesNotMatch(text, /<|\u202E/);
  assert.deepEqual(text.split('\n').slice(1), [
    '• ‹users/all>',
    '• ‹https://evil.example|Ana>',
    '• ‹a',
    '• b|c>',
    '• Bo • Eve',
    '• x y',
  ]);
});

it('names a hundred and counts the others, so that the answer fits into a message', async (t) => {
  const scene = setScene(t);
  const crowd = Array.from({ length: 1234 }, (_, id) => person(`users/${id}`, '漢'.repeat(300)));
  scene.chat.members.set(ROOM, crowd);
  const text = await answer(scene);
  assert.match(text, /1,234 people[\s\S]*… and 1,134 more\.$/);
  assert.ok(Buffer.byteLength(text) < 32_000);
});

it('says who of the people mentioned is missing', async (t) => {
  const scene = setScene(t);
  scene.chat.members.set(ROOM, [person(ANA, 'Ana')]);
  const told = mentioned([ANA, 'Ana'], [BO, 'Bo <users/all>'], ['users/303', 'Cy']);
  assert.match(
    await answer(scene, 'members @Ana @Bo @Cy', told),
    /^Not in this space yet: Bo ‹users\/all> and Cy\./,
  );
});

it('says that everyone mentioned is here', async (t) => {
  const scene = setScene(t);
  scene.chat.members.set(ROOM, [person(ANA, 'Ana'), person(BO, 'Bo')]);
  const told = mentioned([ANA, 'Ana'], [BO, 'Bo']);
  assert.equal(await answer(scene, 'members @Ana @Bo', told), 'Everyone whom you mention is here.');
});

it('tells how it is used where names are typed, which may be anybody’s', async (t) => {
  const scene = setScene(t);
  assert.match(await answer(scene, 'members Ana'), /For example: “members @Ana @Bruno”/);
  assert.ok(scene.chat.calls.every(({ method }) => method !== 'listMembers'));
});

it('tells when Chat does not say who is here', async (t) => {
  const scene = setScene(t);
  scene.chat.enter = ({ method }) => {
    if (method === 'listMembers') throw new ChatError('chat_forbidden', 'no');
  };
  const outcome = await scene.dispatch(says('members'));
  assert.deepEqual(outcome, { result: 'refused', reason: 'chat_forbidden' });
  assert.match(scene.chat.messages()[0]?.text ?? '', /doesn’t tell me who is in this space/);
});
