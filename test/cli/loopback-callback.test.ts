import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { freePort } from '../../simulator/free-port.ts';
import { awaitCallback, type CallbackOptions } from '../../src/cli/loopback-callback.ts';
import { type Ticket, ticket } from '../../src/lib/authorization/ticket.ts';

const ISSUER = 'https://accounts.google.com';
const OURS: Ticket = ticket.parse('A'.repeat(43));
const THEIRS = 'B'.repeat(43);
const GOOD = `state=${OURS}&code=4/0Ab`;

async function open(t: TestContext, options: Partial<CallbackOptions> = {}) {
  const callback = await awaitCallback({
    redirectUri: undefined,
    ticket: OURS,
    issuer: ISSUER,
    ...options,
  });
  t.after(() => callback.close());
  let arrived = false;
  void callback.arrival.then(() => {
    arrived = true;
  });
  return {
    ...callback,
    get: (query: string, init?: RequestInit) => fetch(`${callback.redirectUri}?${query}`, init),
    arrived: () => arrived,
  };
}

describe('the callback on this machine', () => {
  it('is at a free port of the loopback address, and of no other', async (t) => {
    const { redirectUri } = await open(t);
    assert.match(redirectUri, /^http:\/\/127\.0\.0\.1:\d+\/$/);
    const other = redirectUri.replace('127.0.0.1', '127.0.0.2');
    await assert.rejects(fetch(`${other}?${GOOD}`));
  });

  it('hands on the code, and shows what came of it, once that is known', async (t) => {
    const { arrival, get } = await open(t);
    const visit = get(`${GOOD}&iss=${encodeURIComponent(ISSUER)}&scope=openid&authuser=0`);
    const { answer, show } = await arrival;
    assert.deepEqual(answer, { code: '4/0Ab' });
    show('success');
    const page = await visit;
    assert.equal(page.status, 200);
    assert.match(await page.text(), /You’re signed in/);
  });

  for (const [query, refusal] of [
    ['error=access_denied', 'declined'],
    ['error=admin_policy_enforced', 'refused-by-google'],
    ['error=temporarily_unavailable', 'google-unavailable'],
  ] as const) {
    it(`hands on ${query}`, async (t) => {
      const { arrival, get } = await open(t);
      const visit = get(`${query}&state=${OURS}`);
      const { answer, show } = await arrival;
      assert.deepEqual(answer, { refusal });
      show('failed');
      assert.equal((await visit).status, 403);
    });
  }

  it('answers everything with the headers that keep a page to itself, and repeats nothing', async (t) => {
    const { arrival, get } = await open(t);
    const good = get(`${GOOD}&x=<script>evil</script>`);
    (await arrival).show('success');
    for (const page of [await good, await get('state=<script>evil</script>')]) {
      assert.equal(page.headers.get('cache-control'), 'no-store');
      assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
      assert.match(page.headers.get('content-security-policy') ?? '', /^default-src 'none';/);
      const text = await page.text();
      for (const secret of ['evil', OURS, '4/0Ab']) assert.ok(!text.includes(secret));
    }
  });

  it('answers the second visit of a link with its own page', async (t) => {
    const { arrival, get } = await open(t);
    const first = get(GOOD);
    const { show } = await arrival;
    assert.equal((await get(GOOD)).status, 409);
    show('success');
    assert.equal((await first).status, 200);
  });

  it('is gone once it is closed', async (t) => {
    const { redirectUri, close } = await open(t);
    await close();
    await assert.rejects(fetch(`${redirectUri}?${GOOD}`));
  });
});

describe('what isn’t the answer to our link', () => {
  const sent: [what: string, query: string, init?: RequestInit, status?: number][] = [
    ['nothing', ''],
    ['another state', `state=${THEIRS}&code=4/0Ab`],
    ['no state', 'code=4/0Ab'],
    ['a doubled state', `${GOOD}&state=${THEIRS}`],
    ['our state, and no code', `state=${OURS}`],
    ['our state, and an empty code', `state=${OURS}&code=`],
    ['our state, and an endless code', `state=${OURS}&code=${'c'.repeat(2049)}`],
    ['another issuer', `${GOOD}&iss=https://evil.example`],
    ['a no with another state', `error=access_denied&state=${THEIRS}`],
    ['a no without a state', 'error=access_denied'],
    ['HEAD', GOOD, { method: 'HEAD' }, 405],
    ['POST', GOOD, { method: 'POST' }, 405],
    ['OPTIONS', GOOD, { method: 'OPTIONS' }, 405],
    ['a query that is too long for anybody', `${GOOD}&x=${'x'.repeat(17_000)}`, {}, 431],
  ];
  for (const [what, query, init, status = 400] of sent) {
    it(`(${what}) changes nothing: the right one still comes through`, async (t) => {
      const { arrival, arrived, get } = await open(t);
      assert.equal((await get(query, init)).status, status);
      assert.equal(arrived(), false);
      const visit = get(GOOD);
      (await arrival).show('success');
      assert.equal((await visit).status, 200);
    });
  }

  for (const target of ['/favicon.ico', '//evil.example/', 'http://', '*', '/%ff']) {
    it(`(a visit to ${target}) leads nowhere`, async (t) => {
      const { redirectUri, arrived } = await open(t);
      const answer = await ask(redirectUri, `GET ${target} HTTP/1.1`);
      assert.match(answer, /^HTTP\/1\.1 40[04] /);
      assert.equal(arrived(), false);
    });
  }
});

describe('the callback of a web application', () => {
  it('is at its redirect URI, and nowhere else', async (t) => {
    const port = await freePort();
    const redirectUri = `http://localhost:${port}/a/b`;
    const { arrival, get } = await open(t, { redirectUri });
    assert.equal((await fetch(`http://localhost:${port}/?${GOOD}`)).status, 404);
    const visit = get(GOOD);
    (await arrival).show('success');
    assert.equal((await visit).status, 200);
  });

  it('says so when the port is taken', async (t) => {
    const { redirectUri } = await open(t);
    await assert.rejects(open(t, { redirectUri }), { code: 'sign_in_port_taken' });
  });
});

/** What comes for a request line as it is: fetch would mend it. */
async function ask(url: string, line: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.setEncoding('utf8');
  let text = '';
  socket.on('data', (part: string) => {
    text += part;
  });
  socket.write(`${line}\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  await once(socket, 'close');
  return text;
}
