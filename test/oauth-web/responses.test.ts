import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { StoreError } from '../../src/lib/errors.ts';
import { ana, openScene, type Scene, type Visit } from './scene.ts';

let scene: Scene;
let storeIsDown = false;
let defect: Error | undefined;

before(async () => {
  scene = await openScene({
    store: ({ consents }) => ({
      consents: {
        open: (consent) => consents.open(consent),
        complete: (...args) => consents.complete(...args),
        async get(hash) {
          if (defect !== undefined) throw defect;
          return consents.get(hash);
        },
      },
      async ping() {
        if (storeIsDown) throw new StoreError('store_unavailable', 'The store does not answer.');
      },
    }),
  });
});
after(() => scene.close());

const HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex',
};

const good = async (): Promise<string> => {
  const query = scene.google.consent(await scene.ask(), ana());
  return `/oauth2?${query.toString()}`;
};
const get = (path: string) => (): Promise<Visit> => scene.visit(path);

const EVERYTHING: [what: string, visit: () => Promise<Visit>, status: number][] = [
  ['success', async () => scene.visit(await good()), 200],
  ['a malformed query', get('/oauth2'), 400],
  ['a decline', get('/oauth2?error=access_denied'), 403],
  ['a forged ticket', get(`/oauth2?state=${'A'.repeat(43)}&code=c`), 410],
  ['an outage', get('/oauth2?error=server_error'), 503],
  ['another path', get('/'), 404],
  ['the path of the callback with a slash behind it', get('/oauth2/'), 404],
  ['the path of the callback in capitals', get('/OAUTH2'), 404],
  ['a path that does not decode', get('/%ff%'), 404],
  ['liveness', get('/livez'), 200],
  ['readiness', get('/readyz'), 200],
  ['another method', () => scene.visit('/oauth2', { method: 'POST' }), 405],
  ['another path and method', () => scene.visit('/nothing', { method: 'DELETE' }), 404],
  ['a query that is too long for Node', get(`/oauth2?code=${'c'.repeat(20_000)}`), 431],
  ['no HTTP at all', () => raw('nonsense\r\n\r\n'), 400],
  ['no Host', () => raw('GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n'), 200],
  [
    'an expectation',
    () => raw('GET /livez HTTP/1.1\r\nExpect: a-miracle\r\nConnection: close\r\n\r\n'),
    200,
  ],
  ['a defect', () => withDefect(get(`/oauth2?state=${'A'.repeat(43)}&code=c`)), 503],
];

describe('every response', () => {
  for (const [what, visit, status] of EVERYTHING) {
    it(`forbids everything that a page could do but be read: ${what}`, async () => {
      const { headers, ...page } = await visit();
      assert.equal(page.status, status);
      for (const [name, value] of Object.entries(HEADERS)) {
        assert.equal(headers[name], value, name);
      }
      const policy = String(headers['content-security-policy']);
      assert.match(
        policy,
        /^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
      );
      assert.match(String(headers['permissions-policy']), /geolocation=\(\)/);
      for (const name of ['etag', 'x-powered-by', 'set-cookie', 'location', 'server']) {
        assert.equal(headers[name], undefined, name);
      }
    });
  }
});

describe('a page', () => {
  it('has the one style sheet that the policy lets through, and nothing active', async () => {
    const { headers, body } = await scene.visit('/oauth2');
    const style = /<style>(.*)<\/style>/s.exec(body)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    assert.ok(headers['content-security-policy']?.includes(`'sha256-${hash}'`));
    assert.equal(headers['content-type'], 'text/html; charset=utf-8');
    assert.doesNotMatch(body, /<script|<img|<link|<form|<a |style=|\son\w+=|https?:/i);
  });

  it('repeats nothing of the request', async () => {
    const marker = '<script>alert(1)</script>';
    const echo = encodeURIComponent(marker);
    for (const path of [
      `/oauth2?error=${echo}`,
      `/oauth2?state=${echo}&code=${echo}`,
      `/${echo}`,
    ]) {
      const { body } = await scene.visit(path, { headers: { 'User-Agent': marker } });
      assert.doesNotMatch(body, /script|alert/);
    }
  });

  it('is sent whole, whatever the browser has cached', async () => {
    const page = await scene.visit('/oauth2', { headers: { 'If-None-Match': '*' } });
    assert.equal(page.status, 400);
    const live = await scene.visit('/livez', { headers: { 'If-None-Match': '*' } });
    assert.deepEqual([live.status, live.body], [200, 'ok']);
  });
});

describe('a link that something else than a browser opens', () => {
  for (const method of ['HEAD', 'POST', 'PUT', 'OPTIONS', 'DELETE', 'TRACE']) {
    it(`with ${method} is not used up by it`, async () => {
      const path = await good();
      const before = scene.google.posts.length;
      const refused = await scene.visit(path, { method });
      assert.equal(refused.status, 405);
      assert.equal(refused.headers['allow'], 'GET');
      assert.equal(scene.google.posts.length, before);
      assert.equal((await scene.visit(path)).status, 200);
    });
  }
});

describe('readiness', () => {
  it('follows the store; liveness does not', async () => {
    storeIsDown = true;
    assert.equal((await scene.visit('/readyz')).status, 503);
    assert.equal((await scene.visit('/livez')).status, 200);
    storeIsDown = false;
    assert.equal((await scene.visit('/readyz')).status, 200);
  });
});

describe('a defect', () => {
  it('is logged without what the request held, and shown as an outage', async () => {
    scene.logged.length = 0;
    const page = await withDefect(get(`/oauth2?state=${'A'.repeat(43)}&code=the-code`));
    assert.ok(page.body.includes('<h1>Please try again in a moment</h1>'));
    assert.equal(scene.logged.length, 1);
    assert.equal(scene.logged[0]?.['severity'], 'ERROR');
    assert.doesNotMatch(JSON.stringify(scene.logged), /AAAA|the-code|boom/);
  });
});

async function withDefect(visit: () => Promise<Visit>): Promise<Visit> {
  defect = new TypeError('boom');
  try {
    return await visit();
  } finally {
    defect = undefined;
  }
}

/** What comes back for these very bytes. */
async function raw(request: string): Promise<Visit> {
  const socket = connect(scene.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(request);
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const [name = '', ...value] = line.split(': ');
      return [name.toLowerCase(), value.join(': ')] as const;
    }),
  );
  return { status: Number(statusLine.split(' ')[1]), headers, body };
}
