import assert from 'node:assert/strict';
import { it } from 'node:test';
import { AuthorizationError, ChatError, SealError } from '../../src/lib/errors.ts';
import { ANA, says } from './events.ts';
import { linkOf, wordsOf } from './recording-chat.ts';
import { type Scene, setScene } from './scene.ts';

const unauthenticated = (): ChatError =>
  new ChatError('chat_unauthenticated', 'token', { status: 401 });

function endedAtGoogle(scene: Scene): void {
  scene.google.refresh = () => Promise.reject(new AuthorizationError('grant_revoked', 'ended'));
}

it('fetches one token for several posts', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  await scene.dispatch(says('one', { id: 'one' }));
  await scene.dispatch(says('two', { id: 'two' }));
  assert.deepEqual(
    scene.chat.calls.map(({ token }) => token),
    ['access-1', 'access-1'],
  );
});

it('replaces a token that Chat does not accept, once, and posts', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  scene.chat.enter = ({ token }) => {
    if (token === 'access-1') throw unauthenticated();
  };
  assert.deepEqual(await scene.dispatch(says('good news')), { result: 'answered' });
  assert.deepEqual(
    scene.chat.calls.map(({ token }) => token),
    ['access-1', 'access-2'],
  );
});

it('hands the request back when Chat does not accept the second token either', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  scene.chat.enter = () => {
    throw unauthenticated();
  };
  const outcome = await scene.dispatch(says('good news'));
  assert.deepEqual(outcome, { result: 'retry', reason: 'chat_unauthenticated' });
  assert.equal(scene.chat.calls.length, 2);
});

it('asks anew when a grant can’t be opened, and leaves it alone: its key may come back', async (t) => {
  const scene = setScene(t);
  const { version } = await scene.connect();
  const gone = new SealError('seal_unknown_key', 'Put the key back.');
  t.mock.method(scene.sealer, 'open', () => Promise.reject(gone), { times: 1 });
  assert.deepEqual(await scene.dispatch(says('good news')), { result: 'parked' });
  assert.equal((await scene.store.grants.get(ANA))?.version, version);
  assert.equal(await scene.ledger(), 'waiting');
  assert.ok(scene.logged.some(({ severity }) => severity === 'ERROR'));

  await scene.consent(scene.link());
  assert.deepEqual(await scene.runDue(), [{ result: 'answered' }]);
});

it('deletes a grant that Google has ended, and asks anew with the reason, once', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  endedAtGoogle(scene);
  assert.deepEqual(await scene.dispatch(says('good news')), { result: 'parked' });
  assert.equal(await scene.store.grants.get(ANA), undefined);
  assert.equal(await scene.ledger(), 'waiting', 'it is no consent that the old grant is gone');
  assert.deepEqual(await scene.runDue(), []);

  const [card, ...more] = scene.chat.messages();
  assert.deepEqual(more, []);
  assert.ok(card !== undefined && linkOf(card) !== undefined);
  assert.match(wordsOf(card), /connection has ended/);
});

it('posts after the new consent to a grant that had ended', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  const { refresh } = scene.google;
  endedAtGoogle(scene);
  await scene.dispatch(says('good news'));
  scene.google.refresh = refresh;
  assert.equal(await scene.consent(scene.link()), 'completed');
  assert.deepEqual(await scene.runDue(), [{ result: 'answered' }]);
  assert.equal(scene.chat.messages().at(-1)?.text, 'good news');
});

it('asks anew when the grant ends between two tokens of one post', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  scene.chat.enter = ({ by }) => {
    if (by !== ANA) return;
    endedAtGoogle(scene);
    throw unauthenticated();
  };
  assert.deepEqual(await scene.dispatch(says('good news')), { result: 'parked' });
  assert.equal(await scene.store.grants.get(ANA), undefined);
});

it('keeps a newer grant when the old one turns out to have ended, and posts with it', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  const { refresh } = scene.google;
  scene.google.refresh = async () => {
    scene.google.refresh = refresh;
    scene.pass(1);
    await scene.connect();
    throw new AuthorizationError('grant_revoked', 'ended');
  };
  assert.deepEqual(await scene.dispatch(says('good news')), { result: 'parked' });
  assert.notEqual(await scene.store.grants.get(ANA), undefined);
  assert.deepEqual(await scene.runDue(), [{ result: 'answered' }]);
  assert.deepEqual(
    scene.chat.messages().filter((shown) => linkOf(shown) !== undefined),
    [],
    'no card asks any more',
  );
});

it('asks for the scope that Chat finds missing in the token', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  scene.chat.enter = ({ by }) => {
    if (by === ANA) throw new ChatError('chat_scope_missing', 'scope', { status: 403 });
  };
  assert.deepEqual(await scene.dispatch(says('good news')), { result: 'parked' });
  assert.equal(await scene.ledger(), 'waiting');
  assert.match(scene.chat.messages().map(wordsOf).join(), /needs a permission/);
});

it('hands the request back while Google gives out no tokens', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  const { refresh } = scene.google;
  for (const code of ['oauth_unavailable', 'oauth_client_rejected'] as const) {
    scene.google.refresh = () => Promise.reject(new AuthorizationError(code, 'not now'));
    assert.deepEqual(await scene.dispatch(says('good news')), { result: 'retry', reason: code });
  }
  assert.notEqual(await scene.store.grants.get(ANA), undefined);
  scene.google.refresh = refresh;
  assert.deepEqual(await scene.dispatch(says('good news')), { result: 'answered' });
});
