import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CHAT_MEMBERSHIPS_APP, CHAT_SPACES_CREATE } from '../../../src/lib/authorization/scopes.ts';
import { ChatError } from '../../../src/lib/errors.ts';
import { ANA, BO, DM, NEW, says, type Told } from '../events.ts';
import { type Call, wordsOf } from '../recording-chat.ts';
import { setScene } from '../scene.ts';
import {
  answers,
  asked,
  buttons,
  cardIn,
  MADE,
  methods,
  setIncident,
  shown,
} from './incident-scene.ts';

describe('opening an incident', () => {
  it('makes a room as the person, brings the app along, and answers privately', async (t) => {
    const scene = await setIncident(t);
    const [room, ...more] = [...scene.chat.setUp.values()];
    assert.deepEqual(more, []);
    assert.deepEqual(room, { displayName: 'Payments API is down', people: [BO], by: ANA });
    assert.deepEqual(methods(scene, ANA), ['setUpSpace', 'createMembership']);
    assert.deepEqual(
      scene.chat.members.get(NEW)?.map(({ name }) => name),
      ['users/app'],
    );
    assert.deepEqual(answers(scene), [MADE]);
    assert.ok(
      scene.chat.messages().some(({ text, privateTo }) => text === MADE && privateTo === ANA),
    );
  });

  it('posts a card for everybody there, as the app', async (t) => {
    const scene = await setIncident(t);
    const { by, privateTo, card } = cardIn(scene);
    assert.deepEqual([by, privateTo], ['app', undefined]);
    assert.equal(card?.header?.title, 'Payments API is down');
    assert.deepEqual(shown(scene), {
      status: 'Open',
      history: ['02:00 PM UTC · Ana opened this incident.'],
    });
    assert.deepEqual(
      buttons(scene).map(({ text, disabled }) => [text, disabled]),
      [
        ['Investigating', false],
        ['Resolved', false],
      ],
    );
  });

  it('asks for both permissions when they are first needed, and goes on then', async (t) => {
    const scene = setScene(t);
    await scene.connect(ANA, [CHAT_SPACES_CREATE]);
    assert.deepEqual(await scene.dispatch(asked), { result: 'parked' });
    assert.equal(scene.chat.setUp.size, 0);
    await scene.consent(scene.link(), [CHAT_SPACES_CREATE, CHAT_MEMBERSHIPS_APP]);
    assert.deepEqual(await scene.runDue(), [{ result: 'answered' }]);
    assert.ok(answers(scene).includes(MADE));
  });

  it('works in a direct message with the app', async (t) => {
    const scene = await setIncident(t, { space: DM });
    const answer = scene.chat.messages().find(({ text }) => text === MADE);
    assert.deepEqual([answer?.space, answer?.privateTo], [DM, undefined]);
    assert.equal(shown(scene).status, 'Open');
  });

  it('shows how far it is, and then the link in its place', async (t) => {
    const scene = setScene(t);
    scene.sleep = async () => {};
    await scene.connect(ANA, [CHAT_SPACES_CREATE, CHAT_MEMBERSHIPS_APP]);
    const seen = new Set<string | undefined>();
    scene.chat.enter = () => {
      for (const text of answers(scene)) seen.add(text);
    };
    await scene.dispatch(asked);
    assert.ok(seen.has('Creating the incident room …'));
    assert.deepEqual(answers(scene), [MADE]);
  });

  it('lets no name mention, notify, or look like markup', async (t) => {
    const title = 'incident <b>Down</b> <users/all>';
    const scene = setScene(t);
    await scene.connect(ANA, [CHAT_SPACES_CREATE, CHAT_MEMBERSHIPS_APP]);
    await scene.dispatch(says(title, { displayName: '<a href="x">Ana</a>\n & <users/all>' }));
    assert.equal(cardIn(scene).card?.header?.title, '‹b>Down‹/b> ‹users/all>');
    assert.match(
      shown(scene).history?.join() ?? '',
      /· ‹a href="x"&gt;Ana‹\/a&gt; &amp; ‹users\/all&gt; opened/,
    );
    assert.match(answers(scene).join(), /“‹b>Down‹\/b> ‹users\/all>”/);
  });

  const crowd = Array.from({ length: 51 }, (_, id) => `users/${id}`);
  const OBJECTIONS: readonly [what: string, words: string, told: Told, answer: RegExp][] = [
    ['nothing has happened', 'incident', {}, /For example: “incident Payments API is down/],
    ['there are people only', 'incident @Bo', { mentions: [BO], words: 'incident' }, /For example/],
    ['the name is too long', `incident ${'x'.repeat(129)}`, {}, /128 characters at most/],
    ['there are too many', 'incident …', { mentions: crowd, words: 'incident X' }, /49 people/],
  ];
  for (const [what, words, told, answer] of OBJECTIONS) {
    it(`says what is wrong where ${what}, and asks for no permission for that`, async (t) => {
      const scene = setScene(t);
      assert.deepEqual(await scene.dispatch(says(words, told)), { result: 'answered' });
      assert.match(answers(scene).join(), answer);
      assert.equal(scene.chat.setUp.size, 0);
    });
  }

  const REFUSALS = [
    ['chat_forbidden', /didn’t let you open this room/],
    ['chat_not_found', /doesn’t find everybody/],
    ['chat_already_exists', /in other words/],
    ['chat_invalid_request', /in other words/],
  ] as const;
  for (const [code, words] of REFUSALS) {
    it(`tells what to do about ${code}`, async (t) => {
      const scene = setScene(t);
      await scene.connect(ANA, [CHAT_SPACES_CREATE, CHAT_MEMBERSHIPS_APP]);
      scene.chat.enter = ({ method }) => {
        if (method === 'setUpSpace') throw new ChatError(code, 'no');
      };
      assert.deepEqual(await scene.dispatch(asked), { result: 'refused', reason: code });
      assert.match(scene.chat.messages().map(wordsOf).join(), words);
    });
  }

  const KEPT_OUT: readonly [string, (call: Call) => boolean][] = [
    ['can’t be added', ({ newcomer }) => newcomer === 'app'],
    ['may not post', ({ step }) => step === 'card'],
  ];
  for (const [what, isRefused] of KEPT_OUT) {
    it(`does not lose the room where the app ${what}`, async (t) => {
      const scene = setScene(t);
      await scene.connect(ANA, [CHAT_SPACES_CREATE, CHAT_MEMBERSHIPS_APP]);
      scene.chat.enter = (call) => {
        if (isRefused(call)) throw new ChatError('chat_forbidden', 'no');
      };
      assert.deepEqual(await scene.dispatch(asked), { result: 'answered' });
      const [answer = '', ...more] = answers(scene);
      assert.deepEqual(more, []);
      assert.ok(answer.startsWith(`${MADE}\n`), answer);
      assert.match(answer, /didn’t let me join it.*A manager of the room can add me/);
    });
  }
});
