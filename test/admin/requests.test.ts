import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hours } from '../../src/lib/clock.ts';
import {
  ADA,
  AT,
  aWait,
  claimed,
  claiming,
  LEASE_MS,
  NOW,
  parked,
  parking,
  ROOM,
  request,
  scheduled,
  seal,
  statusOf,
  takeDue,
} from '../lib/store/contract/fixture.ts';
import { idsIn } from './answers.ts';
import { type Scene, setScene } from './scene.ts';

const WRITTEN = seal('what was written');

/** One request of each kind, each named for it. */
async function fill({ store }: Scene): Promise<void> {
  const end = { outcome: 'answered', now: NOW } as const;
  await store.requests.complete((await claimed(store, 'answered')).lease, end);
  await parked(store, 'waiting', aWait({ payload: WRITTEN }));
  await scheduled(store, 'scheduled', { waiting: aWait({ payload: WRITTEN }) });
  await givenUp(store, 'failed');
  await claimed(store, 'running');
  await store.requests.release((await claimed(store, 'released')).lease, {
    failed: true,
    now: NOW,
  });
}

async function givenUp(store: Scene['store'], name: string): Promise<void> {
  const { lease } = await claimed(store, name);
  const keep = aWait({ payload: WRITTEN });
  await store.requests.complete(lease, { outcome: 'failed', now: NOW, keep });
}

describe('requests list', () => {
  it('lists all but what was simply answered', async (t) => {
    const scene = await setScene(t);
    assert.equal((await scene.run('requests', 'list')).out, 'There are none.\n');
    await fill(scene);
    const names = ['waiting', 'scheduled', 'failed', 'running', 'released'];
    assert.deepEqual(idsIn(await scene.json('requests', 'list')), names.map(request).toSorted());

    const { out } = await scene.run('requests', 'list');
    assert.match(out, /^request +state +failures +since or at +person +space\n/);
    assert.match(
      out,
      new RegExp(`${request('failed')}  failed +0 +2026-11-20T09:00:00Z  ${ADA}  ${ROOM}`),
    );
    assert.match(out, new RegExp(`${request('released')}  released +1 +- +- +-`));
  });

  it('lists those of one state, and how they ended', async (t) => {
    const scene = await setScene(t);
    await fill(scene);
    for (const name of ['answered', 'waiting', 'scheduled', 'failed', 'running', 'released']) {
      assert.deepEqual(idsIn(await scene.json('requests', 'list', '--state', name)), [
        request(name),
      ]);
    }
    assert.deepEqual(idsIn(await scene.json('requests', 'list', '--state', 'due')), []);
  });

  it('knows nothing of what has expired', async (t) => {
    const scene = await setScene(t);
    await fill(scene);
    scene.now = parking().expiresAt;
    assert.deepEqual(idsIn(await scene.json('requests', 'list', '--state', 'waiting')), []);
    const { code, err } = await scene.run('requests', 'show', request('waiting'));
    assert.equal(code, 1);
    assert.match(err, /admin_unknown.*requests list/);
  });
});

describe('requests show', () => {
  it('tells what the ledger knows, and nothing that was written', async (t) => {
    const scene = await setScene(t);
    await fill(scene);
    assert.deepEqual(await scene.json('requests', 'show', request('scheduled')), {
      id: request('scheduled'),
      state: 'scheduled',
      failures: 0,
      dueAt: '2026-11-21T15:00:00Z',
      expiresAt: new Date(AT + hours(200)).toISOString().replace('.000', ''),
      user: ADA,
      space: ROOM,
      scheduledFor: '2026-11-21T15:00:00Z',
      keyId: 'test',
    });
    const { out } = await scene.run('requests', 'show', request('failed'));
    assert.match(out, /^outcome: failed$/m);
    assert.match(out, /^endedAt: 2026-11-20T09:00:00Z$/m);
    assert.ok(!out.includes(WRITTEN) && !out.includes('undefined'));
  });
});

describe('requests replay', () => {
  it('makes due what was given up, once', async (t) => {
    const scene = await setScene(t);
    await fill(scene);
    const id = request('failed');
    assert.deepEqual(await scene.json('requests', 'replay', id, '--yes'), {
      id,
      state: 'due',
      already: false,
    });
    assert.match((await scene.run('requests', 'replay', id, '--yes')).out, /due already/);
    assert.deepEqual(await takeDue(scene.store), [id]);
  });

  it('asks first, with whose it is, and since when it lies', async (t) => {
    const scene = await setScene(t);
    await fill(scene);
    const { code, err } = await scene.run('requests', 'replay', request('failed'));
    assert.equal(code, 1);
    assert.match(err, new RegExp(`${ADA} asked for in ${ROOM}, given up at 2026-11-20T09:00:00Z`));
    assert.deepEqual(await takeDue(scene.store), []);
    scene.typing = () => 'y';
    assert.equal((await scene.run('requests', 'replay', request('failed'))).code, 0);
    assert.deepEqual(await takeDue(scene.store), [request('failed')]);
  });

  const refused: [name: string, words: RegExp][] = [
    ['answered', /admin_not_possible.*would do it again/],
    ['waiting', /awaits its person’s consent/],
    ['scheduled', /waits for its hour/],
    ['running', /A subscriber works on it/],
    ['released', /not kept here.*Pub\/Sub/],
    ['nowhere', /admin_unknown/],
  ];
  for (const [name, words] of refused) {
    it(`changes nothing of what is ${name}, and says why`, async (t) => {
      const scene = await setScene(t);
      await fill(scene);
      const { code, out, err } = await scene.run('requests', 'replay', request(name), '--yes');
      assert.deepEqual([code, out], [1, '']);
      assert.match(err, words);
      assert.deepEqual(await takeDue(scene.store), []);
    });
  }
});

describe('requests forget', () => {
  it('deletes what was kept, after it was confirmed', async (t) => {
    const scene = await setScene(t);
    await fill(scene);
    for (const name of ['waiting', 'scheduled', 'failed', 'released']) {
      const id = request(name);
      assert.match((await scene.run('requests', 'forget', id)).err, /never carried out\?.*--yes/);
      assert.notEqual((await scene.store.administration.findRequest(id))?.outcome, 'forgotten');
      assert.deepEqual(await scene.json('requests', 'forget', id, '--yes'), {
        id,
        outcome: 'forgotten',
      });
      assert.equal(await statusOf(scene.store, name), 'done');
    }
    assert.deepEqual(await takeDue(scene.store, AT), []);
  });

  it('says why when there is nothing to delete, or not now', async (t) => {
    const scene = await setScene(t);
    await fill(scene);
    const forget = (name: string) => scene.run('requests', 'forget', request(name), '--yes');
    assert.match((await forget('answered')).err, /nothing of what was asked for is kept/);
    assert.match((await forget('running')).err, /A subscriber works on it/);
    assert.match((await forget('nowhere')).err, /admin_unknown/);
    scene.now = NOW + LEASE_MS;
    assert.equal((await forget('running')).code, 0);
    scene.now = claiming().expiresAt;
    assert.match((await forget('failed')).err, /admin_unknown/);
  });
});
