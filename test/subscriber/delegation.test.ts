import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import type { Impersonation } from '../../src/lib/authorization/delegated-tokens.ts';
import { CHAT_MESSAGES_CREATE } from '../../src/lib/authorization/scopes.ts';
import { AuthorizationError, ChatError, DelegationError } from '../../src/lib/errors.ts';
import type { Dispatcher } from '../../src/subscriber/dispatcher.ts';
import { ANA, added, DM, event, says } from './events.ts';
import { linkOf, wordsOf } from './recording-chat.ts';
import { type Scene, setScene } from './scene.ts';

const EMAIL = 'ana@example.com';
const told = { email: EMAIL };

/** A worker that nobody consents to; Google gives out one token after the other. */
function setDelegation(t: TestContext, { allowedDomain }: { allowedDomain?: string } = {}) {
  const scene = setScene(t);
  const asked: Impersonation[] = [];
  const dropped: Impersonation[] = [];
  const google = { accessToken: async () => `delegated-${dropped.length + 1}` };
  scene.delegation = {
    kind: 'delegation',
    allowedDomain,
    tokens: {
      accessToken: (who) => {
        asked.push(who);
        return google.accessToken();
      },
      drop: (who) => void dropped.push(who),
    },
  };
  return { scene, asked, dropped, google, worker: scene.worker() };
}

const dispatch = (worker: Dispatcher, interaction = says('good news', told)) =>
  worker.dispatch(event(interaction));
const texts = (scene: Scene) => scene.chat.messages().map(({ text }) => text ?? '');

it('acts as the person by their address, with exactly the scopes of the command', async (t) => {
  const { scene, asked, worker } = setDelegation(t);
  assert.deepEqual(await dispatch(worker), { result: 'answered' });
  assert.deepEqual(asked, [{ email: EMAIL, scopes: [CHAT_MESSAGES_CREATE] }]);
  assert.deepEqual(
    scene.chat.messages().map(({ by, text }) => [by, text]),
    [[ANA, 'good news']],
  );
});

it('does not ask the store for grants', async (t) => {
  const { scene, worker } = setDelegation(t);
  const entered: string[] = [];
  scene.enter = (path) => void entered.push(path);
  await dispatch(worker);
  assert.ok(entered.includes('requests.claim'));
  assert.ok(!entered.some((path) => path.startsWith('grants.') || path.startsWith('consents.')));
});

it('replaces a token that Chat does not accept, once', async (t) => {
  const { scene, dropped, worker } = setDelegation(t);
  scene.chat.enter = ({ token }) => {
    if (token === 'delegated-1') throw new ChatError('chat_unauthenticated', 'token');
  };
  assert.deepEqual(await dispatch(worker), { result: 'answered' });
  assert.equal(dropped.length, 1);
});

it('welcomes whoever opens a direct message, without asking for anything', async (t) => {
  const { scene, worker } = setDelegation(t);
  await dispatch(worker, added(undefined, { ...told, space: DM }));
  assert.match(texts(scene).join(), /^Hello!/);
  assert.deepEqual(
    scene.chat.messages().filter((shown) => linkOf(shown) !== undefined),
    [],
  );
});

for (const [command, answer] of [
  ['connect', /nothing to connect/],
  ['status', /has allowed it for everybody/],
  ['disconnect', /only an administrator can end it/],
] as const) {
  it(`answers ${command} as it is with delegation`, async (t) => {
    const { scene, worker } = setDelegation(t);
    assert.deepEqual(await dispatch(worker, says(command, told)), { result: 'answered' });
    assert.match(texts(scene).join(), answer);
  });
}

it('lists no commands in help for which there is no need with delegation', async (t) => {
  const { scene, worker } = setDelegation(t);
  await dispatch(worker, says('help', told));
  const words = scene.chat.messages().map(wordsOf).join();
  const listed = [...words.matchAll(/^(\w+(?: \w+)?) — /gm)].map(([, name]) => name);
  assert.ok(listed.includes('post') && listed.includes('status'));
  assert.ok(!listed.includes('connect') && !listed.includes('disconnect'));
});

it('tells of an administrator where Chat finds the scopes of a delegated token too few', async (t) => {
  const { scene, worker } = setDelegation(t);
  scene.chat.enter = ({ by }) => {
    if (by === ANA) throw new ChatError('chat_scope_missing', 'no');
  };
  assert.deepEqual(await dispatch(worker), { result: 'refused', reason: 'chat_scope_missing' });
  assert.match(texts(scene).join(), /An administrator of your organization must approve/);
});

const REFUSALS: readonly [DelegationError['code'], RegExp][] = [
  ['delegation_not_allowed', /an administrator of your organization must allow it/],
  ['delegation_person_refused', /doesn’t let me act as you/],
];
for (const [code, words] of REFUSALS) {
  it(`tells the person privately, once, of ${code}, and acks`, async (t) => {
    const { scene, google, worker } = setDelegation(t);
    google.accessToken = () => Promise.reject(new DelegationError(code, 'no'));
    assert.deepEqual(await dispatch(worker), { result: 'refused', reason: code });
    assert.deepEqual(await dispatch(worker), { result: 'duplicate' });
    const [answer, ...more] = scene.chat.messages();
    assert.deepEqual(more, []);
    assert.deepEqual([answer?.by, answer?.privateTo], ['app', ANA]);
    assert.match(answer?.text ?? '', words);
  });
}

it('tells the person that Chat did not tell their address', async (t) => {
  const { scene, asked, worker } = setDelegation(t);
  const refused = { result: 'refused', reason: 'delegation_address_missing' };
  assert.deepEqual(await dispatch(worker, says('good news')), refused);
  assert.match(texts(scene).join(), /didn’t tell me your e-mail address/);
  assert.deepEqual(asked, []);
});

for (const [email, result] of [
  ['ana@example.com', 'answered'],
  ['Ana@Example.COM', 'answered'],
  ['ana@other.example', 'refused'],
  ['ana@evil-example.com', 'refused'],
  ['ana@example.com.evil.test', 'refused'],
  ['ana@sub.example.com', 'refused'],
  ['example.com', 'refused'],
] as const) {
  it(`with an allowed domain, ${email} is ${result}`, async (t) => {
    const { asked, worker } = setDelegation(t, { allowedDomain: 'example.com' });
    assert.equal((await dispatch(worker, says('good news', { email }))).result, result);
    assert.equal(asked.length, result === 'answered' ? 1 : 0);
  });
}

it('hands the request back while there are no tokens to be had, and counts no failure', async (t) => {
  const { scene, google, worker } = setDelegation(t);
  const { accessToken } = google;
  for (let attempt = 0; attempt < 6; attempt++) {
    google.accessToken = () => Promise.reject(new AuthorizationError('oauth_unavailable', 'down'));
    const reason = 'oauth_unavailable';
    assert.deepEqual(await dispatch(worker), { result: 'retry', reason });
  }
  google.accessToken = accessToken;
  assert.deepEqual(await dispatch(worker), { result: 'answered' });
  assert.deepEqual(texts(scene), ['good news']);
});
