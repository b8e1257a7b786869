import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { CHAT_MESSAGES_CREATE } from '../../src/lib/authorization/scopes.ts';
import { hashTicket, ticket } from '../../src/lib/authorization/ticket.ts';
import { hours } from '../../src/lib/clock.ts';
import { StoreError } from '../../src/lib/errors.ts';
import type { Store } from '../../src/lib/store/store.ts';
import type { Answer } from '../lib/authorization/fake-google.ts';
import { ANA, ana, openScene, REQUEST, type Scene, type Visit, visit } from './scene.ts';

const OTHER_SCOPE = 'https://www.googleapis.com/auth/chat.spaces.create';

let scene: Scene;
/** Stands for a store that fails, at one of its methods. */
let failing: 'get' | 'complete' | undefined;

before(async () => {
  scene = await openScene({ store: (store) => unless(store) });
});
/** What all of the tests logged. */
const everLogged: unknown[] = [];
after(async () => {
  await scene.close();
  const lines = JSON.stringify(everLogged);
  assert.ok(everLogged.length > 20);
  for (const secret of scene.google.secrets()) {
    assert.ok(!lines.includes(secret) && !lines.includes(encodeURIComponent(secret)));
  }
});
beforeEach(async () => {
  scene.google.posts.length = 0;
  scene.logged.length = 0;
  await scene.local.store.forgetPerson(ANA, scene.now());
});
afterEach(() => {
  everLogged.push(...scene.logged);
  failing = undefined;
  scene.google.answerWith('/token', undefined);
  scene.google.answerWith('/certs', undefined);
});

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

  it('some of which were given are stored, and the page says that one is missing', async () => {
    const scopes = ['openid', OTHER_SCOPE];
    const query = scene.google.consent(await scene.ask(both), ana({ scopes }));
    isPage(await scene.comeBack(query), 403, 'A permission is missing');
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

describe('an ID token that is not to be trusted', () => {
  const wrong: [what: string, claims: Record<string, unknown>][] = [
    ['of another nonce', { nonce: 'of-another-link' }],
    ['for another client', { aud: 'another-client' }],
    ['of another issuer', { iss: 'https://accounts.example.com' }],
    ['that has expired', { exp: 1 }],
  ];
  for (const [what, claims] of wrong) {
    it(`${what} connects nobody`, async () => {
      const url = await scene.ask();
      isPage(
        await scene.comeBack(scene.google.consent(url, ana({ claims }))),
        400,
        'This didn’t work',
      );
      logs('id-token-invalid');
      await nothingStored();
      await stillWorks(url);
    });
  }
});

describe('when Google', () => {
  const outages: [what: string, path: '/token' | '/certs', answer: Answer, reason: string][] = [
    ['is down', '/token', { status: 503 }, 'google-unavailable'],
    ['cuts the connection', '/token', 'cut', 'google-unavailable'],
    ['rejects our client', '/token', refusal('invalid_client'), 'client-rejected'],
    ['answers nonsense', '/token', { status: 200, body: '<html>' }, 'google-answer-invalid'],
    ['gives no certificates', '/certs', { status: 404 }, 'google-unavailable'],
  ];
  for (const [what, path, answer, reason] of outages) {
    it(`${what}, the person may try again later, and the code was sent once`, async () => {
      const url = await scene.ask();
      const query = scene.google.consent(url, ana());
      scene.google.answerWith(path, answer);
      isPage(await scene.comeBack(query), 503, 'Please try again in a moment');
      logs(reason, 'ERROR');
      assert.equal(scene.google.posts.length, 1);
      await nothingStored();
      scene.google.answerWith(path, undefined);
      await stillWorks(url);
    });
  }
});

describe('when the store does not answer', () => {
  it('at the ticket, the code is not sent to Google', async () => {
    const url = await scene.ask();
    const query = scene.google.consent(url, ana());
    failing = 'get';
    isPage(await scene.comeBack(query), 503, 'Please try again in a moment');
    logs('store-unavailable', 'ERROR');
    assert.equal(scene.google.posts.length, 0);
    failing = undefined;
    isPage(await scene.comeBack(query), 200, 'You’re connected');
  });

  it('at the grant, the link still works', async () => {
    const url = await scene.ask();
    failing = 'complete';
    const page = await scene.comeBack(scene.google.consent(url, ana()));
    isPage(page, 503, 'Please try again in a moment');
    logs('store-unavailable', 'ERROR');
    failing = undefined;
    await stillWorks(url);
  });
});

describe('twenty callbacks with one ticket at the same time', () => {
  it('in one process: one connects, and only its code is sent to Google', async () => {
    const url = await scene.ask();
    const queries = Array.from({ length: 20 }, () => scene.google.consent(url, ana()));
    const pages = await Promise.all(queries.map((query) => scene.comeBack(query)));
    assert.deepEqual(tally(pages), { 200: 1, 409: 19 });
    assert.equal(scene.google.posts.length, 1);
  });

  it('in several processes: one connects', async () => {
    const url = await scene.ask();
    const ports = [scene.port, (await scene.another()).port, (await scene.another()).port];
    const visits = Array.from({ length: 20 }, (_, index) =>
      visit(ports[index % 3] ?? 0, `/oauth2?${scene.google.consent(url, ana()).toString()}`),
    );
    const pages = await Promise.all(visits);
    assert.deepEqual(tally(pages), { 200: 1, 409: 19 });
    assert.equal((await scene.local.store.grants.get(ANA))?.user, ANA);
  });

  it('of which nineteen are somebody else’s: the person who was asked can still connect', async () => {
    const url = await scene.ask();
    const theirs = Array.from({ length: 19 }, () => scene.google.consent(url, { sub: '666' }));
    const pages = await Promise.all(theirs.map((query) => scene.comeBack(query)));
    assert.ok(pages.every(({ status }) => status === 403 || status === 409));
    await stillWorks(url);
  });
});

function isPage(page: Visit, status: number, title: string): void {
  assert.equal(page.status, status);
  assert.ok(page.body.includes(`<h1>${title}</h1>`), page.body);
}

/** The last line of the log has this reason. */
function logs(reason: string, severity?: string): void {
  const line = scene.logged.at(-1);
  assert.equal(line?.['reason'], reason);
  if (severity !== undefined) assert.equal(line['severity'], severity);
}

async function nothingStored(): Promise<void> {
  assert.equal(await scene.local.store.grants.get(ANA), undefined);
}

/** The ticket of the link is unused: Ana consents with it now. */
async function stillWorks(url: string): Promise<void> {
  const state = ticket.parse(new URL(url).searchParams.get('state'));
  assert.equal((await scene.local.store.consents.get(hashTicket(state)))?.status, 'pending');
  isPage(await scene.comeBack(scene.google.consent(url, ana())), 200, 'You’re connected');
  await scene.local.store.forgetPerson(ANA, scene.now());
}

function tally(pages: Visit[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of pages) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function refusal(error: string): Answer {
  return { status: 401, body: JSON.stringify({ error }) };
}

/** The real store, but for the method that fails. */
function unless(store: Store): Pick<Store, 'consents' | 'ping'> {
  const down = (): never => {
    throw new StoreError('store_unavailable', 'The store does not answer.');
  };
  const { consents } = store;
  return {
    ping: () => store.ping(),
    consents: {
      open: (consent) => consents.open(consent),
      get: async (hash) => (failing === 'get' ? down() : consents.get(hash)),
      complete: async (...args) => (failing === 'complete' ? down() : consents.complete(...args)),
    },
  };
}
