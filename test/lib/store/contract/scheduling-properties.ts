import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { hours, minutes } from '../../../../src/lib/clock.ts';
import type { RequestId } from '../../../../src/lib/names.ts';
import type { Store } from '../../../../src/lib/store/store.ts';
import { ADA, aWait, claiming, NOW, type OpenFixture, request } from './fixture.ts';

const IDS = ['1', '2', '3'].map(request);

/** What happens at one moment. */
type Deed =
  | { do: 'deliver'; id: RequestId; delay: number }
  | { do: 'relay' }
  | { do: 'cancel'; id: RequestId };

const anId = fc.constantFrom(...IDS);
const aDeed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ do: fc.constant('deliver'), id: anId, delay: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ do: fc.constant('relay') }),
  fc.record({ do: fc.constant('cancel'), id: anId }),
);
/** Deeds that two processes do at the same time, and how many milliseconds later the next ones come. */
const aMoment = fc.record({
  deeds: fc.array(aDeed, { minLength: 1, maxLength: 3 }),
  elapse: fc.integer({ min: 0, max: 3 }),
});

/** A subscriber in miniature: schedules what is new, and carries out what comes back. */
function subscriber() {
  const ends: { id: RequestId; end: 'carried out' | 'cancelled' }[] = [];

  async function deliver(store: Store, id: RequestId, now: number, delay: number): Promise<void> {
    const claim = await store.requests.claim(id, claiming({ now }));
    if (claim.status !== 'claimed') return;
    const { lease, waited } = claim;
    if (waited === undefined) {
      const at = now + delay;
      await store.requests.schedule(lease, aWait(), { at, expiresAt: at + hours(24) });
      return;
    }
    assert.ok(waited.scheduledFor !== undefined && waited.scheduledFor <= now, 'early');
    ends.push({ id, end: 'carried out' });
    await store.requests.complete(lease, { outcome: 'answered', now });
  }

  async function relay(store: Store, now: number): Promise<void> {
    const due = await store.requests.takeDue({ now, hideUntil: now + minutes(1), limit: 10 });
    await Promise.all(due.map(({ id }) => deliver(store, id, now, 0)));
  }

  async function cancel(store: Store, id: RequestId, now: number): Promise<void> {
    const answer = await store.requests.cancel(id, ADA, now);
    if (answer === 'cancelled') ends.push({ id, end: answer });
  }

  return { ends, deliver, relay, cancel };
}

async function live(t: TestContext, open: OpenFixture, moments: readonly Moment[]) {
  const { store, another } = await open(t);
  const handles = [store, await another()] as const;
  const { ends, deliver, relay, cancel } = subscriber();
  let now = NOW;
  const carryOut = (deed: Deed, handle: Store): Promise<void> => {
    if (deed.do === 'deliver') return deliver(handle, deed.id, now, deed.delay);
    return deed.do === 'relay' ? relay(handle, now) : cancel(handle, deed.id, now);
  };
  for (const { deeds, elapse } of moments) {
    await Promise.all(deeds.map((deed, index) => carryOut(deed, handles[index % 2 === 0 ? 0 : 1])));
    now += elapse;
  }
  for (const id of IDS) await deliver(store, id, now, 1);
  await relay(store, now + minutes(2));
  return ends;
}
type Moment = typeof aMoment extends fc.Arbitrary<infer T> ? T : never;

export function schedulingProperties(open: OpenFixture): void {
  test('whatever happens, a scheduled request is carried out after its hour or cancelled, once', async (t) => {
    await fc.assert(
      fc.asyncProperty(fc.array(aMoment, { maxLength: 8 }), async (moments) => {
        const ends = await live(t, open, moments);
        assert.deepEqual(ends.map(({ id }) => id).sort(), IDS.toSorted());
      }),
      { numRuns: 25 },
    );
  });
}
