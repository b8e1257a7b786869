import { createHash } from 'node:crypto';
import type { TestContext } from 'node:test';
import { hours, minutes } from '../../../../src/lib/clock.ts';
import {
  messageName,
  type RequestId,
  requestId,
  spaceName,
  userName,
} from '../../../../src/lib/names.ts';
import type { NewConsent } from '../../../../src/lib/store/consent-store.ts';
import { sealed } from '../../../../src/lib/store/records.ts';
import type {
  Claim,
  Lease,
  NewGrant,
  Store,
  WaitingRequest,
} from '../../../../src/lib/store/store.ts';

/** An empty store, and more handles on the same data, as another process would have them. All closed after the test. */
export interface StoreFixture {
  store: Store;
  another(): Promise<Store>;
  /** Has somebody write nonsense into these records, where secrets should be. */
  damage(user: string, other: { ticketHash: string; id: string }): Promise<void>;
}
export type OpenFixture = (t: TestContext) => Promise<StoreFixture>;

export const NOW = Date.parse('2026-11-20T09:00:00Z');
export const LEASE_MS = minutes(2);

export const ADA = userName.parse('users/100000000000000000001');
export const BOB = userName.parse('users/100000000000000000002');
export const ROOM = spaceName.parse('spaces/AAAAroom');
export const HALL = spaceName.parse('spaces/AAAAhall');

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
export const request = (name: string) => requestId.parse(sha256(`request ${name}`));
export const ticket = (name: string) => sha256(`ticket ${name}`);
export const seal = (text: string) =>
  sealed.parse(`v1.test.${Buffer.from(text).toString('base64url')}`);

export const aGrant = (changes: Partial<NewGrant> = {}): NewGrant => ({
  user: ADA,
  refreshToken: seal('refresh token'),
  scopes: ['openid', 'https://www.googleapis.com/auth/chat.messages.create'],
  email: 'ada@example.com',
  grantedAt: NOW,
  ...changes,
});

/** A consent of Ada's in the room, opened now, for an hour. */
export const aConsent = (changes: Partial<NewConsent> = {}): NewConsent => ({
  ticketHash: ticket('a'),
  user: ADA,
  space: ROOM,
  requestId: request('a'),
  scopes: ['openid'],
  verifier: seal('verifier'),
  nonce: seal('nonce'),
  createdAt: NOW,
  expiresAt: NOW + hours(1),
  ...changes,
});

export const aWait = (changes: Partial<WaitingRequest> = {}): WaitingRequest => ({
  user: ADA,
  space: ROOM,
  payload: seal('interaction'),
  prompt: messageName.parse('spaces/AAAAroom/messages/prompt.1'),
  ...changes,
});

export const claiming = (changes: Partial<{ now: number; mustExist: boolean }> = {}) => {
  const now = changes.now ?? NOW;
  return { now, leaseMs: LEASE_MS, expiresAt: now + hours(200), ...changes };
};

type Claimed = Extract<Claim, { status: 'claimed' }>;

/** Claims a request that has to be free. */
export async function claimed(store: Store, name: string, now = NOW): Promise<Claimed> {
  const claim = await store.requests.claim(request(name), claiming({ now }));
  if (claim.status !== 'claimed') throw new Error(`Request ${name} is ${claim.status}`);
  return claim;
}

export const parking = (changes: Partial<Parameters<Store['requests']['park']>[2]> = {}) => ({
  seenGrantVersion: 0,
  now: NOW,
  expiresAt: NOW + hours(24),
  ...changes,
});

/** Claims a request and parks it, to await its person's consent. */
export async function parked(
  store: Store,
  name: string,
  waiting: WaitingRequest = aWait(),
): Promise<Lease> {
  const { lease } = await claimed(store, name);
  await store.requests.park(lease, waiting, parking());
  return lease;
}

/** The hour that the fixture's requests are scheduled for, unless another is given. */
export const AT = NOW + hours(30);

/** Claims a request and schedules it. */
export async function scheduled(
  store: Store,
  name: string,
  { at = AT, waiting = aWait() }: { at?: number; waiting?: WaitingRequest } = {},
): Promise<Lease> {
  const { lease } = await claimed(store, name);
  await store.requests.schedule(lease, waiting, { at, expiresAt: at + hours(200) });
  return lease;
}

export async function listed(store: Store, user = ADA, now = NOW): Promise<RequestId[]> {
  const upcoming = await store.requests.listScheduled(user, { now, limit: 100 });
  return upcoming.map(({ id }) => id);
}

/** Lets a person consent: opens a consent and completes it. Returns the grant's version. */
export async function consent(store: Store, user = ADA, now = NOW): Promise<number> {
  const ticketHash = ticket(`${user} ${now}`);
  await store.consents.open(
    aConsent({
      ticketHash,
      user,
      requestId: request(ticketHash),
      createdAt: now,
      expiresAt: now + 1,
    }),
  );
  await store.consents.complete(ticketHash, aGrant({ user, grantedAt: now }), now);
  return (await store.grants.get(user))?.version ?? 0;
}

/** Three requests of Ada's end without success: of `ended` and `cancelled` nothing is kept, of `kept` what it takes to try again. */
export async function ended(store: Store): Promise<void> {
  await parked(store, 'ended');
  await parked(store, 'kept');
  await consent(store);
  const end = { outcome: 'failed', now: NOW } as const;
  await store.requests.complete((await claimed(store, 'ended')).lease, end);
  await store.requests.complete((await claimed(store, 'kept')).lease, { ...end, keep: aWait() });
  await scheduled(store, 'cancelled');
  await store.requests.cancel(request('cancelled'), ADA, NOW);
}

export async function statusOf(store: Store, name: string, now = NOW): Promise<Claim['status']> {
  return (await store.requests.claim(request(name), claiming({ now, mustExist: true }))).status;
}

export async function takeDue(store: Store, now = NOW, limit = 100): Promise<RequestId[]> {
  const due = await store.requests.takeDue({ now, hideUntil: now + minutes(1), limit });
  return due.map(({ id }) => id);
}
