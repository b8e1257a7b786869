import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CHAT_MESSAGES_CREATE } from '../../src/lib/authorization/scopes.ts';
import { hours } from '../../src/lib/clock.ts';
import { isPage, openCallbackScene } from './callback-scene.ts';
import { ANA, ana, REQUEST } from './scene.ts';

const scene = await openCallbackScene();
const { logs, nothingStored, stillWorks } = scene;
const OTHER_SCOPE = 'https://www.googleapis.com/auth/chat.spaces.create';

describe('the person who was asked, back from Google', () => {
  it('is connected: the grant is stored, sealed, with what was granted', async () => {
    const query = scene.google.consent(await scene.ask(), ana({ refreshToken: '1//of-ana' }));
    const page = await scene.comeBack(query);
    isPage(page, 200, 'You’re connected');
    const grant = await scene.local.store.grants.get(ANA);
    assert.ok(grant);
    assert.deepEqual(grant.scopes, ['openid', CHAT_MESSAGES_CREATE]);
    assert.equal(grant.grantedAt, scene.now());
    const context = { collection: 'grants', owner: ANA } as const;
    assert.equal(await scene.local.sealer.open(grant.refreshToken, context), '1//of-ana');
  });

  it('leaves one line in the log, with the outcome and the request', async () => {
    await scene.comeBack(scene.google.consent(await scene.ask(), ana()));
    const [{ time: _, durationMs, ...line } = {}, ...more] = scene.logged;
    assert.deepEqual(more, []);
    assert.equal(typeof durationMs, 'number');
    assert.deepEqual(line, {
      severity: 'INFO',
      service: 'oauth-web',
      message: 'OAuth callback',
      outcome: 'success',
      reason: 'connected',
      requestId: REQUEST,
      status: 200,
    });
  });

  it('may bring the issuer along', async () => {
    const query = scene.google.consent(await scene.ask(), ana());
    query.set('iss', 'https://accounts.google.com');
    isPage(await scene.comeBack(query), 200, 'You’re connected');
  });

  it('is told that the link was used when it is opened a second time', async () => {
    const query = scene.google.consent(await scene.ask(), ana());
    await scene.comeBack(query);
    isPage(await scene.comeBack(query), 409, 'This link was used already');
    assert.equal(scene.google.posts.length, 1);
    logs('ticket-used');
  });

  it('has an hour', async () => {
    const query = scene.google.consent(await scene.ask(), ana());
    scene.wait(hours(1));
    isPage(await scene.comeBack(query), 410, 'This link doesn’t work any more');
    logs('ticket-expired');
    assert.equal(scene.google.posts.length, 0);
  });

  it('may have said no, and may change their mind', async () => {
    const url = await scene.ask();
    const state = new URL(url).searchParams.get('state');
    const page = await scene.comeBack(`error=access_denied&state=${state}`);
    isPage(page, 403, 'Not connected');
    logs('declined');
    await stillWorks(url);
  });

  it('is told when Google did not let them', async () => {
    const page = await scene.comeBack('error=admin_policy_enforced');
    isPage(page, 403, 'Google didn’t allow this');
    logs('refused-by-google');
  });
});

describe('somebody else with the link', () => {
  it('changes nothing, and the right person can still consent', async () => {
    const url = await scene.ask();
    const page = await scene.comeBack(scene.google.consent(url, { sub: '666' }));
    isPage(page, 403, 'That was a different account');
    logs('other-person');
    assert.deepEqual(
      scene.google.posts.map(({ path }) => path),
      ['/token'],
      'nothing is revoked',
    );
    assert.equal(await scene.local.store.grants.get(ANA), undefined);
    await stillWorks(url);
  });

  it('changes nothing with a ticket that they made up', async () => {
    const page = await scene.comeBack(`state=${'A'.repeat(43)}&code=c`);
    isPage(page, 410, 'This link doesn’t work any more');
    logs('ticket-unknown');
    assert.equal(scene.google.posts.length, 0);
  });

  it('cannot bring their own code to the link of another (PKCE)', async () => {
    const mine = scene.google.consent(await scene.ask(), ana());
    const theirs = scene.google.consent(await scene.ask(), { sub: '666' });
    theirs.set('code', mine.get('code') ?? '');
    isPage(await scene.comeBack(theirs), 400, 'This didn’t work');
    logs('code-rejected');
  });
});

describe('permissions', () => {
  const both = { scopes: [CHAT_MESSAGES_CREATE, OTHER_SCOPE] };

  it('none of which was given are as good as none: nothing is stored', async () => {
    const url = await scene.ask(both);
    const page = await scene.comeBack(scene.google.consent(url, ana({ scopes: ['openid'] })));
    isPage(page, 403, 'A permission is missing');
    logs('nothing-granted');
    await nothingStored();
    await stillWorks(url);
  });

  it('some of which were given are stored, and the page says that the rest works', async () => {
    const scopes = ['openid', OTHER_SCOPE];
    const query = scene.google.consent(await scene.ask(both), ana({ scopes }));
    isPage(await scene.comeBack(query), 200, 'You’re connected, in part');
    logs('connected-in-part');
    assert.deepEqual((await scene.local.store.grants.get(ANA))?.scopes, scopes);
    isPage(await scene.comeBack(query), 409, 'This link was used already');
  });

  it('without a refresh token are not stored', async () => {
    for (const refreshToken of [undefined, '']) {
      const url = await scene.ask();
      const page = await scene.comeBack(scene.google.consent(url, ana({ refreshToken })));
      isPage(page, 503, 'Please try again in a moment');
      logs('no-refresh-token');
      await nothingStored();
      await stillWorks(url);
    }
  });
});
