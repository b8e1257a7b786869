import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { seconds } from '../../src/lib/clock.ts';
import { isPost } from './messages.ts';
import { type Stage, type Subscriber, setStage } from './stage.ts';

describe('a subscriber whose stream ends', () => {
  let stage: Stage;
  before(async () => {
    stage = await setStage({ dialect: 'add-on', environment: { RECONNECT_SECONDS: '6' } });
  });
  after(() => stage.end());

  const posts = (text: string) =>
    stage.seen(stage.bruno).filter((message) => isPost(message) && message.resource.text === text);
  const takeRole = () => stage.google.pubsub.allow(stage.google.subscription, false);
  const giveRole = () => stage.google.pubsub.allow(stage.google.subscription, true);
  const gauge = async ({ adminUrl }: Subscriber) => {
    const metrics = await (await fetch(`${adminUrl}/metrics`)).text();
    return /^postern_stream_open\{stream="events"\} (?<value>\d)$/m.exec(metrics)?.groups?.[
      'value'
    ];
  };

  it('is not ready for as long as it lasts, stays alive, and carries on when it is mended', async () => {
    const subscriber = await stage.startSubscriber();
    assert.equal(await gauge(subscriber), '1');
    takeRole();
    await answers(`${subscriber.adminUrl}/readyz`, 503);
    assert.equal(await gauge(subscriber), '0');
    await answers(`${subscriber.adminUrl}/livez`, 200);
    await stage.write(stage.ana, '@Postern while there was no stream');

    giveRole();
    await answers(`${subscriber.adminUrl}/readyz`, 200);
    await stage.consent(await stage.link(stage.ana), stage.ana);
    await stage.until('a post', () => posts('while there was no stream')[0]);
    assert.equal(posts('while there was no stream').length, 1);
    await subscriber.stop(seconds(10));
    assert.equal(await subscriber.ended, 0);
  });

  it('ends with 1 when it stays so, and says what to do', async () => {
    const subscriber = await stage.startSubscriber();
    takeRole();
    assert.equal(await subscriber.ended, 1);
    giveRole();
    const last = stage.output.findLast((line) => line.includes('"severity":"ERROR"')) ?? '';
    assert.match(last, /check that the subscription exists, .* has roles\/pubsub\.subscriber/);
    assert.match(last, /"code":7/);
  });

  it('stops as asked while there is no stream', async () => {
    const subscriber = await stage.startSubscriber();
    takeRole();
    await answers(`${subscriber.adminUrl}/readyz`, 503);
    await subscriber.stop(seconds(10));
    assert.equal(await subscriber.ended, 0);
    giveRole();
  });
});

/** Resolves when this is the answer. Rejects after 5 s. */
async function answers(url: string, status: number): Promise<void> {
  const late = AbortSignal.timeout(seconds(5));
  while ((await fetch(url, { signal: late })).status !== status) await wait(20);
}
