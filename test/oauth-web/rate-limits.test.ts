import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { seconds } from '../../src/lib/clock.ts';
import { spaceName } from '../../src/lib/names.ts';
import { isPage } from './callback-scene.ts';
import { ANA, ana, openScene, type Scene, type SceneOptions, type Visit } from './scene.ts';

const FORGED = `/oauth2?state=${'A'.repeat(43)}&code=c`;

let scene: Scene;
let looks = 0;
afterEach(() => scene.close());

/** Few enough to be met in a moment. */
async function open(options: SceneOptions = {}): Promise<void> {
  looks = 0;
  scene = await openScene({
    limits: { perAddress: 3, perTicket: 100 },
    store: (store) => ({
      ping: () => store.ping(),
      consents: {
        open: (consent) => store.consents.open(consent),
        complete: (...args) => store.consents.complete(...args),
        get(hash) {
          looks += 1;
          return store.consents.get(hash);
        },
      },
    }),
    ...options,
  });
}

const from = (address: string) => ({ localAddress: address });
const by = (forwarded: string) => ({ headers: { 'X-Forwarded-For': forwarded } });

async function statuses(visits: readonly Promise<Visit>[]): Promise<number[]> {
  return (await Promise.all(visits)).map(({ status }) => status);
}

/** Asks Ana in a space of its own. */
const ask = (space: string) => scene.ask({ space: spaceName.parse(`spaces/${space}`) });

describe('an address that floods the callback', () => {
  it('is told to wait, at the cost of neither store nor Google', async () => {
    await open();
    const query = `/oauth2?${scene.google.consent(await scene.ask(), ana()).toString()}`;
    for (let visit = 0; visit < 3; visit++) await scene.visit(FORGED);
    scene.wait(seconds(20));
    const refused = await scene.visit(query);
    isPage(refused, 429, 'Too many visits at once');
    assert.equal(refused.headers['retry-after'], '40');
    assert.equal(refused.headers['cache-control'], 'no-store');
    assert.deepEqual([looks, scene.google.posts.length], [3, 0]);
  });

  it('is let in again after a minute, and the page that was refused works then', async () => {
    await open();
    const query = `/oauth2?${scene.google.consent(await scene.ask(), ana()).toString()}`;
    for (let visit = 0; visit < 3; visit++) await scene.visit(FORGED);
    assert.equal((await scene.visit(query)).status, 429);
    scene.wait(seconds(60));
    assert.equal((await scene.visit(query)).status, 200);
    assert.equal((await scene.local.store.grants.get(ANA))?.user, ANA);
  });

  it('locks out nobody else', async () => {
    await open();
    await statuses(Array.from({ length: 50 }, () => scene.visit(FORGED)));
    const query = scene.google.consent(await scene.ask(), ana());
    assert.equal((await scene.comeBack(query, from('127.0.0.2'))).status, 200);
  });

  it('leaves one line a minute in the log, without the address', async () => {
    await open();
    for (let visit = 0; visit < 20; visit++) await scene.visit(FORGED);
    const tooMany = scene.logged.filter(({ reason }) => reason === 'too-many-from-address');
    assert.equal(tooMany.length, 1);
    assert.deepEqual([tooMany[0]?.['status'], tooMany[0]?.['severity']], [429, 'WARNING']);
    assert.doesNotMatch(JSON.stringify(scene.logged), /127\.0\.0/);
  });

  it('does not make the process look dead', async () => {
    await open();
    await statuses(Array.from({ length: 10 }, () => scene.visit(FORGED)));
    const probes = ['/livez', '/readyz'].flatMap((path) => Array.from({ length: 10 }, () => path));
    assert.ok((await statuses(probes.map((path) => scene.visit(path)))).every((s) => s === 200));
  });

  it('is an office with one address unless it has more than sixty visits a minute', async () => {
    await open({ limits: undefined });
    const visits = Array.from({ length: 62 }, () => scene.visit(FORGED, from('127.0.0.9')));
    const refused = (await statuses(visits)).filter((status) => status === 429);
    // The ticket is the same: ten of them reach the store.
    assert.equal(refused.length, 52);
    assert.equal(looks, 10);
    const others = Array.from({ length: 62 }, (_, index) =>
      scene.visit(FORGED.replace('AAA', String(index).padStart(3, '0')), from('127.0.0.10')),
    );
    assert.equal((await statuses(others)).filter((status) => status === 429).length, 2);
  });
});

describe('a ticket that floods the callback', () => {
  it('is refused whatever the addresses, and locks out no other ticket', async () => {
    await open({ trustedProxies: 1, limits: { perAddress: 3, perTicket: 2 } });
    const url = await ask('AAA');
    const forged = scene.google.consent(url, ana());
    forged.set('code', 'made-up');
    const visits = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'].map((address) =>
      scene.comeBack(forged, by(address)),
    );
    const refused = (await statuses(visits)).filter((status) => status === 429);
    assert.equal(refused.length, 2);
    assert.ok(scene.google.posts.length <= 2);
    assert.ok(scene.logged.some(({ reason }) => reason === 'too-many-with-ticket'));

    const other = scene.google.consent(await ask('BBB'), ana());
    assert.equal((await scene.comeBack(other, by('192.0.2.5'))).status, 200);
  });

  it('is not every query without one', async () => {
    await open({ limits: { perAddress: 100, perTicket: 1 } });
    const visits = ['?', '?state=x', '?state=y&state=y', '?error=access_denied'].map((query) =>
      scene.visit(`/oauth2${query}`),
    );
    assert.deepEqual(await statuses(visits), [400, 400, 400, 403]);
  });
});

describe('where a request comes from', () => {
  const together = async (first: string, second: string): Promise<boolean> => {
    await statuses(Array.from({ length: 4 }, () => scene.visit(FORGED, by(first))));
    const status = (await scene.visit('/oauth2', by(second))).status;
    return status === 429;
  };

  it('is not what it claims, unless a proxy is trusted to tell', async () => {
    await open();
    assert.equal(await together('192.0.2.1', '192.0.2.2'), true);
  });

  it('is told by the last proxy that is trusted, whatever stands before it', async () => {
    await open({ trustedProxies: 1 });
    assert.equal(await together('198.51.100.1, 192.0.2.1', '198.51.100.2, 192.0.2.1'), true);
    assert.equal(await together('198.51.100.1, 192.0.2.7', '198.51.100.1, 192.0.2.8'), false);
  });

  it('is the proxy, where that tells no address', async () => {
    await open({ trustedProxies: 1 });
    assert.equal(await together('unknown', `${'x'.repeat(1_000)}`), true);
  });

  it('is a network in IPv6, where one customer has many addresses', async () => {
    await open({ trustedProxies: 1 });
    assert.equal(await together('2001:db8:0:1::1', '2001:db8:0:2::2'), true);
    assert.equal(await together('2001:db8:1::1', '2001:db8:2::1'), false);
  });

  it('is an IPv4 address, however it is written', async () => {
    await open({ trustedProxies: 1 });
    assert.equal(await together('192.0.2.1', '::ffff:192.0.2.1'), true);
  });

  it('is worth a warning, once, where a proxy is there and not configured', async () => {
    await open();
    await scene.visit('/livez', by('192.0.2.1'));
    await scene.visit('/livez', by('192.0.2.1'));
    const warnings = scene.logged.filter(({ message }) => String(message).includes('TRUSTED_'));
    assert.equal(warnings.length, 1);
    assert.doesNotMatch(JSON.stringify(scene.logged), /192\.0\.2/);
  });

  it('is no reason to warn where proxies are configured, or none is there', async () => {
    await open({ trustedProxies: 1 });
    await scene.visit('/livez', by('192.0.2.1'));
    await scene.visit('/livez');
    assert.deepEqual(scene.logged, []);
  });
});

describe('readiness', () => {
  it('is one look at the store at a time, however many ask', async () => {
    const answer = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    let pings = 0;
    await open({
      store: ({ consents }) => ({
        consents,
        async ping() {
          pings += 1;
          asked.resolve();
          await answer.promise;
        },
      }),
    });
    const visits = Array.from({ length: 20 }, () => scene.visit('/readyz'));
    await asked.promise;
    // Served behind the others.
    await scene.visit('/livez');
    answer.resolve();
    assert.deepEqual(new Set(await statuses(visits)), new Set([200]));
    assert.ok(pings < 5, `${pings} looks`);
    await scene.visit('/readyz');
    assert.ok(pings >= 2, 'the next one looks again');
  });
});
