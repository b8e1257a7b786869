import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isPost, isPrivate } from './messages.ts';
import { type Stage, setStage } from './stage.ts';

describe('a request, whatever goes wrong', () => {
  let stage: Stage;
  before(async () => {
    // A lease of 3 s: what a crash leaves behind is free soon.
    stage = await setStage({ dialect: 'add-on', environment: { LEASE_SECONDS: '3' } });
  });
  after(() => stage.end());

  const posts = (text: string) =>
    stage.seen(stage.bruno).filter((message) => isPost(message) && message.resource.text === text);
  const posted = (text: string) => stage.until(`a post of “${text}”`, () => posts(text)[0]);
  /** Nothing is left on the subscription: whatever was delivered has been acked. */
  const allAcked = () =>
    stage.until('an empty subscription', () => {
      const { waiting, delayed, leased } = stage.google.pubsub.backlog(stage.google.subscription);
      return waiting + delayed + leased === 0 ? true : undefined;
    });

  it('is answered once when it comes twenty times at once, over two subscribers', async () => {
    const [first, second] = await Promise.all([stage.startSubscriber(), stage.startSubscriber()]);
    stage.copies = 20;
    await stage.write(stage.ana, '@Postern in twenty copies');
    const link = await stage.link(stage.ana);
    await allAcked();
    assert.equal(stage.seen(stage.ana).filter(isPrivate).length, 1, 'one card');

    await stage.consent(link, stage.ana);
    await posted('in twenty copies');
    await stage.write(stage.ana, '@Postern twenty again');
    await posted('twenty again');
    stage.copies = 1;
    await allAcked();

    assert.equal(posts('in twenty copies').length, 1);
    assert.equal(posts('twenty again').length, 1);
    await Promise.all([first.stop(10_000), second.stop(10_000)]);
  });

  it('is posted once when its subscriber is killed between the post and the ack', async () => {
    const victim = await stage.startSubscriber();
    // Chat carries it out, and no answer ever comes: the subscriber can't know, complete, or ack.
    stage.google.chatFaults.failNext({ method: 'messages.create', after: 'commit', times: 100 });
    await stage.write(stage.ana, '@Postern before the crash');
    await posted('before the crash');
    await victim.kill();
    stage.google.chatFaults.clear();

    const heir = await stage.startSubscriber();
    await allAcked();

    assert.equal(posts('before the crash').length, 1);
    await heir.stop(10_000);
  });

  it('waits while Chat is down, and is carried out when it is back', async () => {
    const subscriber = await stage.startSubscriber();
    stage.google.chatFaults.failNext({ method: 'messages.create', status: 503, times: 1000 });
    await stage.write(stage.ana, '@Postern through the outage');
    await stage.until('a warning', () =>
      stage.output.find((line) => line.includes('waits for an outage to end')),
    );
    assert.equal(posts('through the outage').length, 0);

    stage.google.chatFaults.clear();
    await posted('through the outage');
    await allAcked();
    assert.equal(posts('through the outage').length, 1);
    await subscriber.stop(10_000);
  });

  it('waits while Google’s token endpoint is down', async () => {
    // A new process has no access token yet.
    const subscriber = await stage.startSubscriber();
    stage.google.accounts.faults.token('unavailable', 1);
    await stage.write(stage.ana, '@Postern without a token');

    await posted('without a token');
    await allAcked();
    assert.equal(posts('without a token').length, 1);
    await subscriber.stop(10_000);
  });

  it('is finished when it has begun, on SIGTERM, and handed to the next when not', async () => {
    const first = await stage.startSubscriber();
    stage.google.chatFaults.delayNext({ method: 'messages.create', ms: 500 });
    await stage.write(stage.ana, '@Postern already begun');
    await stage.write(stage.ana, '@Postern not begun yet');
    await stage.until('the delayed call', () =>
      stage.google.pubsub.backlog(stage.google.subscription).leased > 0 ? true : undefined,
    );
    await first.stop(10_000);
    assert.equal(await first.ended, 0);

    const second = await stage.startSubscriber();
    await posted('not begun yet');
    await allAcked();
    assert.equal(posts('already begun').length, 1);
    assert.equal(posts('not begun yet').length, 1);
    await second.stop(10_000);
  });

  it('asks for consent again when the person has ended the connection at Google', async () => {
    const subscriber = await stage.startSubscriber();
    stage.google.accounts.revokeAccess(`users/${stage.ana.id}`);
    await stage.write(stage.ana, '@Postern after the revocation');

    const page = await stage.consent(await stage.link(stage.ana), stage.ana);
    assert.equal(page.status, 200);
    await posted('after the revocation');
    await subscriber.stop(10_000);
  });

  it('that can’t be read is counted with its reason and acked, and the subscriber stays ready', async () => {
    const subscriber = await stage.startSubscriber();
    const publish = (data: Buffer) => stage.google.pubsub.publish(stage.google.topic, data);
    publish(Buffer.from('not JSON: SECRET-CONTENT'));
    publish(Buffer.from('{"type":"MESSAGE","message":{"text":"SECRET-CONTENT"}}'));
    publish(Buffer.from('{"type":"MESSAGE","user":{"name":"users/1"},"message":{"name":"x"}}'));
    publish(Buffer.alloc(2 * 1024 * 1024, 'x'));
    publish(Buffer.from('{"type":"FUTURE"}'));
    publish(Buffer.from('{"type":"MESSAGE","user":{"name":"users/1","type":"BOT"}}'));
    await allAcked();

    const metrics = await (await fetch(`${subscriber.adminUrl}/metrics`)).text();
    for (const [result, reason] of [
      ['unreadable', 'not-json'],
      ['unreadable', 'no-user'],
      ['unreadable', 'no-space'],
      ['unreadable', 'too-large'],
      ['ignored', 'unknown-type'],
      ['ignored', 'bot'],
    ]) {
      assert.ok(
        metrics.includes(`postern_events_total{result="${result}",reason="${reason}"} 1`),
        `${result}, ${reason}`,
      );
    }
    assert.equal((await fetch(`${subscriber.adminUrl}/readyz`)).status, 200);
    assert.ok(!stage.output.join('\n').includes('SECRET-CONTENT'));
    await subscriber.stop(10_000);
  });
});
