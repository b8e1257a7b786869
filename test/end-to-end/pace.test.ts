import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { GOOGLES_QUOTAS } from '../../simulator/chat/quota.ts';
import { isPost, isPrivate } from './messages.ts';
import { type Stage, setStage } from './stage.ts';

const TEN = Array.from({ length: 10 }, (_, index) => `number ${index}`);

describe('under Google’s quotas', () => {
  let stage: Stage;
  before(async () => {
    stage = await setStage({ dialect: 'add-on', quotas: GOOGLES_QUOTAS });
    await stage.startSubscriber();
    await stage.write(stage.ana, '@Postern connect');
    await stage.consent(await stage.link(stage.ana), stage.ana);
    await stage.until('the grant', () =>
      stage.seen(stage.ana).find((message) => JSON.stringify(message).includes('is connected')),
    );
  });
  after(() => stage.end());

  it('a burst in a space is answered at Chat’s pace, in its order, without a single 429; another space at once', async () => {
    const calls = stage.google.calls.calls().length;
    for (const text of TEN) await stage.write(stage.ana, `@Postern ${text}`);
    for (let count = 0; count < 3; count++) await stage.write(stage.bruno, '@Postern help');
    await stage.write(stage.ana, 'help', { space: stage.dm });

    const posts = () => stage.seen(stage.bruno).filter(isPost);
    await stage.until('the answer in the other space', () => stage.seen(stage.ana, stage.dm)[1]);
    assert.ok(posts().length < TEN.length / 2, 'long before the burst is over');
    await stage.until(
      'three cards after the posts',
      () => stage.seen(stage.bruno).filter(isPrivate)[2],
      40_000,
    );
    const texts = posts().map(({ resource }) => resource.text);
    assert.deepEqual(texts.slice(-10), TEN);

    const made = stage.google.calls.calls().slice(calls);
    assert.deepEqual(
      made.filter(({ status }) => status !== 200),
      [],
    );
    const writes = made.filter(
      ({ method, resource }) => method === 'messages.create' && resource === stage.room,
    );
    const gaps = writes.slice(1).map(({ at }, index) => at - (writes[index]?.at ?? 0));
    assert.equal(writes.length, 13);
    assert.ok(Math.min(...gaps) >= 1000);
    assert.ok(Math.max(...gaps) < 3000, `no time is lost: ${gaps.join(', ')}`);
  });
});

describe('while Chat is down', () => {
  it('a subscriber stops pulling, tries now and then, and carries out everything once Chat is back', async (t) => {
    // A lease of 3 s: a request is given up for the time being after one.
    const stage = await setStage({ dialect: 'classic', environment: { LEASE_SECONDS: '3' } });
    t.after(() => stage.end());
    const { adminUrl } = await stage.startSubscriber();
    const outage = async (): Promise<string | undefined> => {
      const metrics = await (await fetch(`${adminUrl}/metrics`)).text();
      return /^postern_outage (\d)$/m.exec(metrics)?.[1];
    };
    assert.equal(await outage(), '0');

    stage.google.chatFaults.failNext({ method: 'messages.create', status: 503, times: 100_000 });
    for (let count = 0; count < 12; count++) await stage.write(stage.ana, '@Postern help');
    await stage.until('a pause', () => stage.output.find((line) => line.includes('is paused')));
    assert.equal(await outage(), '1');
    const { delivered } = stage.google.pubsub.backlog(stage.google.subscription);
    await stage.until('a trial', () =>
      stage.google.pubsub.backlog(stage.google.subscription).delivered > delivered
        ? true
        : undefined,
    );
    const onTrial = stage.google.pubsub.backlog(stage.google.subscription);
    assert.ok(onTrial.delivered <= delivered + 1, 'one message only');
    assert.equal((await fetch(`${adminUrl}/readyz`)).status, 200, 'there is nothing to restart');

    stage.google.chatFaults.clear();
    await stage.until('every answer', () => stage.seen(stage.ana).filter(isPrivate)[11], 50_000);
    await stage.until('an empty subscription', () => {
      const { waiting, delayed, leased } = stage.google.pubsub.backlog(stage.google.subscription);
      return waiting + delayed + leased === 0 ? true : undefined;
    });
    assert.equal(stage.seen(stage.ana).filter(isPrivate).length, 12, 'each once');
    assert.equal(await outage(), '0');
    const told = stage.output.filter((line) => /is paused|outage is over/.test(line));
    assert.equal(told.length, 2);
  });
});
