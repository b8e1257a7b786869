import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  CHAT_MEMBERSHIPS,
  CHAT_MEMBERSHIPS_APP,
  CHAT_MESSAGES_CREATE,
} from '../../../src/lib/authorization/scopes.ts';
import { ChatError } from '../../../src/lib/errors.ts';
import { ANA, BO, DM, ROOM, says, type Told } from '../events.ts';
import { type Call, wordsOf } from '../recording-chat.ts';
import { type Scene, setScene } from '../scene.ts';

const CY = 'users/303';
const ADD: Told = {
  mentions: [
    { name: BO, displayName: 'Bo' },
    { name: CY, displayName: 'Cy' },
  ],
  words: 'add',
};
const addsBoth = says('add @Bo @Cy', ADD);
const isAdd = ({ method }: Call): boolean => method === 'createMembership';

const here = (scene: Scene) => scene.chat.members.get(ROOM)?.map(({ name }) => name);
const answers = (scene: Scene) => scene.chat.messages().map(({ text }) => text);

it('adds everybody mentioned as the person, and says so to nobody else', async (t) => {
  const scene = setScene(t);
  await scene.connect(ANA, [CHAT_MEMBERSHIPS]);
  assert.deepEqual(await scene.dispatch(addsBoth), { result: 'answered' });
  assert.deepEqual(here(scene), [BO, CY]);
  assert.ok(scene.chat.calls.filter(isAdd).every(({ by }) => by === ANA));
  assert.deepEqual(answers(scene), ['Added to this space: Bo and Cy.']);
  assert.equal(scene.chat.messages()[0]?.privateTo, ANA);
});

it('shows that person how far it is, where that takes a while', async (t) => {
  const scene = setScene(t);
  scene.sleep = async () => {};
  await scene.connect(ANA, [CHAT_MEMBERSHIPS]);
  const seen = new Set<string | undefined>();
  scene.chat.enter = () => {
    for (const text of answers(scene)) seen.add(text);
  };
  await scene.dispatch(addsBoth);
  assert.ok(seen.has('Adding people: 0 of 2 …'));
  assert.deepEqual(answers(scene), ['Added to this space: Bo and Cy.']);
});

it('is fine with who is here already', async (t) => {
  const scene = setScene(t);
  await scene.connect(ANA, [CHAT_MEMBERSHIPS]);
  const told = { mentions: [BO], words: 'add' };
  await scene.dispatch(says('add @Bo', { ...told, id: 'first' }));
  await scene.dispatch(says('add @Bo @Cy', { ...ADD, id: 'second' }));
  assert.equal(answers(scene)[1], 'Added to this space: Cy.\nIn this space already: Bo.');
});

const REFUSALS = [
  ['chat_forbidden', /Bo couldn’t be added: Google Chat says that you may not/],
  ['chat_not_found', /Bo couldn’t be added: Google Chat doesn’t find this person/],
  ['chat_invalid_request', /Bo couldn’t be added: this space doesn’t take people in this way/],
  ['chat_not_member', /Bo couldn’t be added: I’m not a member of this space/],
] as const;
for (const [code, words] of REFUSALS) {
  it(`names who is refused with ${code}, and adds the others`, async (t) => {
    const scene = setScene(t);
    await scene.connect(ANA, [CHAT_MEMBERSHIPS]);
    scene.chat.enter = ({ newcomer }) => {
      if (newcomer === BO) throw new ChatError(code, 'no');
    };
    await scene.dispatch(addsBoth);
    assert.deepEqual(here(scene), [CY]);
    assert.match(answers(scene).join(), /^Added to this space: Cy\.\n/);
    assert.match(answers(scene).join(), words);
  });
}

it('adds each once and answers once, when Chat fails after every call', async (t) => {
  const scene = setScene(t);
  await scene.connect(ANA, [CHAT_MEMBERSHIPS]);
  let failed = 0;
  scene.chat.enter = (call) => {
    if (isAdd(call) && call.newcomer === CY && failed++ < 2) {
      throw new ChatError('chat_unavailable', 'later');
    }
  };
  for (const result of ['retry', 'retry', 'answered', 'duplicate']) {
    assert.equal((await scene.dispatch(addsBoth)).result, result);
  }
  assert.deepEqual(here(scene), [BO, CY]);
  assert.deepEqual(answers(scene), ['Added to this space: Cy.\nIn this space already: Bo.']);
});

it('asks for the permission when it is first needed, and then adds them', async (t) => {
  const scene = setScene(t);
  await scene.connect(ANA, [CHAT_MESSAGES_CREATE]);
  assert.deepEqual(await scene.dispatch(addsBoth), { result: 'parked' });
  assert.match(wordsOf(scene.chat.messages()[0] ?? assert.fail()), /needs a permission/);
  assert.equal(scene.chat.calls.some(isAdd), false);

  await scene.consent(scene.link(), [CHAT_MESSAGES_CREATE, CHAT_MEMBERSHIPS]);
  assert.deepEqual(await scene.runDue(), [{ result: 'answered' }]);
  assert.deepEqual(here(scene), [BO, CY]);
});

const OBJECTIONS: readonly [what: string, words: string, told: Told, answer: RegExp][] = [
  ['nobody is mentioned', 'add', {}, /For example: “add @Ana @Bruno”/],
  ['a name is typed', 'add Bo', {}, /For example: “add @Ana @Bruno”/],
  ['it is a direct message', 'add @Bo', { ...ADD, space: DM }, /Nobody can be added/],
  [
    'there are too many',
    'add …',
    { mentions: Array.from({ length: 50 }, (_, id) => `users/${id}`), words: 'add' },
    /49 people at a time/,
  ],
];
for (const [what, words, told, answer] of OBJECTIONS) {
  it(`says what is wrong where ${what}, and asks for no permission for that`, async (t) => {
    const scene = setScene(t);
    assert.deepEqual(await scene.dispatch(says(words, told)), { result: 'answered' });
    assert.match(answers(scene).join(), answer);
  });
}

it('adds the app with a permission for nothing else', async (t) => {
  const scene = setScene(t);
  await scene.connect(ANA, [CHAT_MEMBERSHIPS_APP]);
  await scene.dispatch(says('add app', { id: 'first' }));
  await scene.dispatch(says('Add App', { id: 'second' }));
  assert.deepEqual(here(scene), ['users/app']);
  assert.match(answers(scene)[0] ?? '', /I’m in this space now/);
  assert.equal(answers(scene)[1], 'I’m here already.');
});

it('tells who can add the app where the person may not', async (t) => {
  const scene = setScene(t);
  await scene.connect(ANA, [CHAT_MEMBERSHIPS_APP]);
  scene.chat.enter = (call) => {
    if (isAdd(call)) throw new ChatError('chat_forbidden', 'no');
  };
  assert.equal((await scene.dispatch(says('add app'))).result, 'refused');
  assert.match(answers(scene).join(), /A manager of the space can add me/);
});
