import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CHAT_SPACES_CREATE } from '../../../src/lib/authorization/scopes.ts';
import { ChatError } from '../../../src/lib/errors.ts';
import { ANA, BO, says, type Told } from '../events.ts';
import { wordsOf } from '../recording-chat.ts';
import { type Scene, setScene } from '../scene.ts';

const TOLD: Told = { mentions: [BO, ANA], words: 'space Launch party' };
const asked = says('space Launch party @Bo @Ana', TOLD);
const made = (scene: Scene) => [...scene.chat.setUp.values()];
const answers = (scene: Scene) => scene.chat.messages().map(({ text }) => text);

it('creates a space as the person, and answers that person with its address', async (t) => {
  const scene = setScene(t);
  await scene.connect(ANA, [CHAT_SPACES_CREATE]);
  assert.deepEqual(await scene.dispatch(asked), { result: 'answered' });
  assert.deepEqual(made(scene), [{ displayName: 'Launch party', people: [BO], by: ANA }]);
  assert.deepEqual(answers(scene), [
    'The space “Launch party” is ready: https://chat.google.com/room/NEW',
  ]);
  assert.equal(scene.chat.messages()[0]?.privateTo, ANA);
});

it('creates one space, when the process dies before it has answered', async (t) => {
  const scene = setScene(t);
  await scene.connect(ANA, [CHAT_SPACES_CREATE]);
  let failed = 0;
  scene.chat.enter = ({ step }) => {
    if (step === 'answer' && failed++ < 2) throw new ChatError('chat_unavailable', 'later');
  };
  for (const result of ['retry', 'retry', 'answered', 'duplicate']) {
    assert.equal((await scene.dispatch(asked)).result, result);
  }
  assert.equal(scene.chat.calls.filter(({ method }) => method === 'setUpSpace').length, 3);
  assert.equal(made(scene).length, 1);
  assert.equal(answers(scene).length, 1);
});

it('asks for the permission when it is first needed, and then creates the space', async (t) => {
  const scene = setScene(t);
  assert.deepEqual(await scene.dispatch(asked), { result: 'parked' });
  assert.deepEqual(made(scene), []);
  await scene.consent(scene.link());
  assert.deepEqual(await scene.runDue(), [{ result: 'answered' }]);
  assert.equal(made(scene)[0]?.displayName, 'Launch party');
  assert.equal((await scene.store.grants.get(ANA))?.scopes.join(), `openid,${CHAT_SPACES_CREATE}`);
});

describe('the name', () => {
  for (const [words, name] of [
    ['space Launch party', 'Launch party'],
    ['SPACE   Launch\n party ', 'Launch party'],
    ['space "Launch party" with', 'Launch party'],
    ['space “Launch party” and', 'Launch party'],
    ["space 'Launch party'", 'Launch party'],
    ['space «Lancement»', 'Lancement'],
    ['space Ana’s "party"', 'Ana’s "party"'],
    ['space "open end', '"open end'],
    [`space ${'x'.repeat(128)}`, 'x'.repeat(128)],
  ] as const) {
    it(`of ${JSON.stringify(words)} is ${JSON.stringify(name)}`, async (t) => {
      const scene = setScene(t);
      await scene.connect(ANA, [CHAT_SPACES_CREATE]);
      await scene.dispatch(says(words));
      assert.deepEqual(made(scene), [{ displayName: name, people: [], by: ANA }]);
    });
  }

  it('can’t be a mention or a link in the answer', async (t) => {
    const scene = setScene(t);
    await scene.connect(ANA, [CHAT_SPACES_CREATE]);
    await scene.dispatch(says('space <users/all>'));
    assert.match(answers(scene).join(), /“‹users\/all>”/);
  });
});

const crowd = Array.from({ length: 51 }, (_, id) => `users/${id}`);
const OBJECTIONS: readonly [what: string, words: string, told: Told, answer: RegExp][] = [
  ['there is no name', 'space', {}, /For example: “space Launch party @Ana @Bruno”/],
  ['there are people only', 'space @Bo', { mentions: [BO], words: 'space' }, /For example: “space/],
  ['the name is empty', 'space ""', {}, /For example: “space/],
  ['the name is too long', `space ${'x'.repeat(129)}`, {}, /128 characters at most/],
  ['there are too many', 'space X …', { mentions: crowd, words: 'space X' }, /49 people beside/],
];
for (const [what, words, told, answer] of OBJECTIONS) {
  it(`says what is wrong where ${what}, and asks for no permission for that`, async (t) => {
    const scene = setScene(t);
    assert.deepEqual(await scene.dispatch(says(words, told)), { result: 'answered' });
    assert.match(answers(scene).join(), answer);
    assert.deepEqual(made(scene), []);
  });
}

const REFUSALS = [
  ['chat_forbidden', /didn’t let you create this space/],
  ['chat_not_found', /doesn’t find everybody/],
  ['chat_already_exists', /Choose another name/],
  ['chat_invalid_request', /Try another name/],
] as const;
for (const [code, words] of REFUSALS) {
  it(`tells what to do about ${code}`, async (t) => {
    const scene = setScene(t);
    await scene.connect(ANA, [CHAT_SPACES_CREATE]);
    scene.chat.enter = ({ method }) => {
      if (method === 'setUpSpace') throw new ChatError(code, 'no');
    };
    assert.deepEqual(await scene.dispatch(asked), { result: 'refused', reason: code });
    assert.match(scene.chat.messages().map(wordsOf).join(), words);
  });
}
