import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { beforeEach, describe, it } from 'node:test';
import type { AccessToken, PersonTokens } from '../../../src/lib/authorization/authorization.ts';
import { createPersonTokens } from '../../../src/lib/authorization/person-tokens.ts';
import { AuthorizationError } from '../../../src/lib/errors.ts';
import { userName } from '../../../src/lib/names.ts';
import { createKeyring } from '../../../src/lib/store/keyring.ts';
import type { Grant } from '../../../src/lib/store/store.ts';

const ANA = userName.parse('users/101');
const BEN = userName.parse('users/102');
const MINUTE = 60_000;
const never = new AbortController().signal;
const sealer = createKeyring({ keys: [{ id: 'k', key: randomBytes(32) }], clientId: 'client' });

/** Refreshes that have left for Google, and come back when the test says so. */
interface Flight {
  refreshToken: string;
  land(token: string): void;
  fail(error: Error): void;
}

let now: number;
let flights: Flight[];
let departed: () => void;
let tokens: PersonTokens;

beforeEach(() => {
  now = Date.parse('2026-11-20T09:00:00Z');
  flights = [];
  departed = () => {};
  const refresh = (refreshToken: string): Promise<AccessToken> => {
    const { promise, resolve, reject } = Promise.withResolvers<AccessToken>();
    const land = (token: string): void => resolve({ token, expiresAt: now + 60 * MINUTE });
    flights.push({ refreshToken, land, fail: reject });
    departed();
    return promise;
  };
  tokens = createPersonTokens({ server: { refresh }, sealer, clock: () => now });
});

describe('the access token of a person', () => {
  it('is refreshed with the refresh token of the grant', async () => {
    const asked = tokens.accessToken(await grantOf(ANA), never);
    const flight = await nextFlight();
    assert.equal(flight.refreshToken, `refresh token of ${ANA}`);
    flight.land('token');
    assert.equal(await asked, 'token');
  });

  it('is refreshed once for all who ask at the same time', async () => {
    const grant = await grantOf(ANA);
    const all = Array.from({ length: 20 }, () => tokens.accessToken(grant, never));
    (await nextFlight()).land('token');
    assert.deepEqual(new Set(await Promise.all(all)), new Set(['token']));
    assert.equal(flights.length, 1);
  });

  it('is kept until a minute before it expires', async () => {
    const grant = await grantOf(ANA);
    await fetched(grant, 'first');
    now += 59 * MINUTE - 1;
    assert.equal(await tokens.accessToken(grant, never), 'first');
    now += 1;
    assert.equal(await fetched(grant, 'second'), 'second');
    assert.equal(flights.length, 2);
  });

  it('is nobody else’s, and no older consent’s', async () => {
    assert.equal(await fetched(await grantOf(ANA), 'of Ana'), 'of Ana');
    assert.equal(await fetched(await grantOf(BEN), 'of Ben'), 'of Ben');
    assert.equal(await fetched(await grantOf(ANA, 2), 'of Ana again'), 'of Ana again');
    assert.equal(await tokens.accessToken(await grantOf(ANA), never), 'of Ana');
  });

  it('is refreshed anew after it was dropped', async () => {
    const grant = await grantOf(ANA);
    await fetched(grant, 'first');
    tokens.drop(grant);
    assert.equal(await fetched(grant, 'second'), 'second');
  });

  it('is not kept when it was dropped on its way', async () => {
    const grant = await grantOf(ANA);
    const early = tokens.accessToken(grant, never);
    const flight = await nextFlight();
    tokens.drop(grant);
    flight.land('of a grant that is gone');
    await early;
    assert.equal(await fetched(grant, 'second'), 'second');
    assert.equal(await tokens.accessToken(grant, never), 'second');
  });
});

describe('when a refresh fails', () => {
  it('everybody who waits gets the error, and the next one tries again', async () => {
    const grant = await grantOf(ANA);
    const all = [tokens.accessToken(grant, never), tokens.accessToken(grant, never)];
    (await nextFlight()).fail(new AuthorizationError('grant_revoked', 'gone'));
    for (const asked of all) await assert.rejects(asked, { code: 'grant_revoked' });
    assert.equal(await fetched(grant, 'token'), 'token');
  });

  it('because the refresh token does not open, the error says so', async () => {
    const grant = await grantOf(ANA);
    await assert.rejects(tokens.accessToken({ ...grant, user: BEN }, never), {
      code: 'seal_broken',
    });
    assert.equal(flights.length, 0);
  });
});

describe('a caller who gives up', () => {
  it('does not fail the others', async () => {
    const grant = await grantOf(ANA);
    const impatient = new AbortController();
    const first = tokens.accessToken(grant, impatient.signal);
    const second = tokens.accessToken(grant, never);
    const flight = await nextFlight();
    impatient.abort();
    await assert.rejects(first, { code: 'oauth_unavailable' });
    flight.land('token');
    assert.equal(await second, 'token');
    assert.equal(await tokens.accessToken(grant, never), 'token');
  });

  it('before asking gets no token', async () => {
    const asked = tokens.accessToken(await grantOf(ANA), AbortSignal.abort());
    await assert.rejects(asked, { code: 'oauth_unavailable' });
  });

  it('leaves no unhandled failure behind', async () => {
    const impatient = new AbortController();
    const asked = tokens.accessToken(await grantOf(ANA), impatient.signal);
    const flight = await nextFlight();
    impatient.abort();
    await assert.rejects(asked, { code: 'oauth_unavailable' });
    flight.fail(new AuthorizationError('grant_revoked', 'gone'));
    await new Promise(setImmediate);
  });
});

async function grantOf(user: typeof ANA, version = 1): Promise<Grant> {
  const context = { collection: 'grants', owner: user } as const;
  const refreshToken = await sealer.seal(`refresh token of ${user}`, context);
  return { user, refreshToken, scopes: [], grantedAt: now, version };
}

/** Asks, and lands the refresh if this takes one. */
async function fetched(grant: Grant, token: string): Promise<string> {
  const landed = nextFlight().then((flight) => flight.land(token));
  const asked = tokens.accessToken(grant, never);
  await Promise.race([landed, asked]);
  return asked;
}

/** The refresh that departs next. */
async function nextFlight(): Promise<Flight> {
  const { promise, resolve } = Promise.withResolvers<void>();
  departed = resolve;
  await promise;
  const flight = flights.at(-1);
  assert.ok(flight);
  return flight;
}
