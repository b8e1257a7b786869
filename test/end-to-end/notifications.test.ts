import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { SimulatedMessage } from '../../simulator/world.ts';
import { cardText } from './messages.ts';
import { type Stage, type Subscriber, setStage } from './stage.ts';

describe('a notification of a system behind the firewall', () => {
  let stage: Stage;
  let subscriber: Subscriber;
  /** A room that Postern has left. A webhook leads there. */
  let offLimits: string;
  before(async () => {
    stage = await setStage({
      dialect: 'add-on',
      environment: { LEASE_SECONDS: '3' },
      webhooks: ({ world, room }) => {
        offLimits = world.setUp({
          displayName: 'Off limits',
          creator: world.user(`users/${world.people[0]?.id}`) ?? assert.fail(),
          people: [],
        }).resource.name;
        return {
          ops: world.addWebhook(offLimits, 'Monitoring'),
          gone: world.addWebhook(room, 'Gone').replace('token=', 'token=x'),
        };
      },
    });
    subscriber = await stage.startSubscriber();
  });
  beforeEach(() => stage.google.chatFaults.clear());
  after(() => stage.end());

  const subscription = () => stage.google.notifications.subscription;
  const shown = (space = stage.room): SimulatedMessage[] => stage.seen(stage.ana, space);
  const texts = (space?: string) => shown(space).map(({ resource }) => resource.text ?? '');
  const allAcked = () =>
    stage.until('an empty subscription', () => {
      const { waiting, delayed, leased } = stage.google.pubsub.backlog(subscription());
      return waiting + delayed + leased === 0 ? true : undefined;
    });
  const logged = (part: string) =>
    stage.until(`a line with ${part}`, () => stage.output.find((line) => line.includes(part)));
  /** Publishes, and waits until it is dealt with. */
  const notify = async (fields: object): Promise<string> => {
    const id = stage.notify({ space: stage.room, ...fields });
    await allAcked();
    return id;
  };
  const once = (text: string, space?: string) =>
    assert.equal(texts(space).filter((other) => other === text).length, 1, text);

  it('is posted as the app: text, or a card', async () => {
    await notify({ text: 'Disk 7 is full' });
    const [message] = shown();
    assert.equal(message?.resource.text, 'Disk 7 is full');
    assert.equal(message.resource.sender?.name, `users/${stage.google.world.app.id}`);
    assert.equal(message.seenBy, undefined, 'for all to see');

    const onClick = { openLink: { url: 'https://tickets.example/7' } };
    const card = {
      header: { title: 'Disk 7' },
      sections: [{ widgets: [{ buttonList: { buttons: [{ text: 'Ticket', onClick }] } }] }],
    };
    await notify({ card });
    assert.match(cardText(shown().at(-1) ?? assert.fail()), /tickets\.example/);
  });

  it('with a key changes the message of that key, and only that', async () => {
    await notify({ text: 'Build 12 is running', key: 'build-12' });
    const { name } = shown().at(-1)?.resource ?? {};
    await notify({ text: 'Build 13 is running', key: 'build-13' });
    await notify({ text: 'Build 12 is green', key: 'build-12' });
    const changed = shown().find(({ resource }) => resource.name === name);
    assert.equal(changed?.resource.text, 'Build 12 is green');
    once('Build 13 is running');
    assert.ok(!texts().includes('Build 12 is running'));
  });

  it('comes in one thread with those of the same thread', async () => {
    await notify({ text: 'Deploy begins', thread: 'deploy-1' });
    await notify({ text: 'Deploy ends', thread: 'deploy-1' });
    const [begin, end] = shown().slice(-2);
    assert.equal(end?.resource.thread?.name, begin?.resource.thread?.name);
  });

  it('mentions nobody and hides no link, unless its system asks for markup', async () => {
    const text = '<users/all> see <https://evil.example|the intranet>';
    await notify({ text });
    const neutral = shown().at(-1)?.resource;
    assert.equal(neutral?.text, '‹users/all> see ‹https://evil.example|the intranet>');
    assert.deepEqual(neutral?.annotations ?? [], []);

    await notify({ text: `<users/${stage.bruno.id}> look`, markup: true });
    const [annotation] = shown().at(-1)?.resource.annotations ?? [];
    assert.equal(annotation?.userMention?.user?.name, `users/${stage.bruno.id}`);
  });

  it('is posted once when it is delivered again, and never over a newer one', async () => {
    const old = await notify({ text: 'Backup at 10 %', key: 'backup' });
    await notify({ text: 'Backup at 90 %', key: 'backup' });
    const plain = await notify({ text: 'Backup log is online' });
    for (const id of [old, plain, old]) stage.google.pubsub.deliverAgain(subscription(), id);
    await allAcked();
    once('Backup log is online');
    once('Backup at 90 %');
    assert.ok(!texts().includes('Backup at 10 %'));
  });

  it('is posted once, unedited, when Chat’s answer is lost', async () => {
    stage.google.chatFaults.failNext({ method: 'messages.create', after: 'commit', times: 2 });
    await notify({ text: 'Answer was lost', key: 'lost' });
    once('Answer was lost');
    assert.equal(shown().at(-1)?.resource.lastUpdateTime, undefined);
  });

  it('is posted once when its subscriber is killed between the post and the ack', async () => {
    stage.google.chatFaults.failNext({ method: 'messages.create', after: 'commit', times: 100 });
    stage.notify({ space: stage.room, text: 'Before the crash' });
    await stage.until('the post', () => texts().find((text) => text === 'Before the crash'));
    await subscriber.kill();
    stage.google.chatFaults.clear();

    subscriber = await stage.startSubscriber();
    await allAcked();
    once('Before the crash');
  });

  it('waits while Chat is down', async () => {
    stage.google.chatFaults.failNext({ method: 'messages.create', status: 503, times: 1000 });
    stage.notify({ space: stage.room, text: 'Through the outage' });
    await logged('notification waits for an outage to end');
    stage.google.chatFaults.clear();
    await allAcked();
    once('Through the outage');
  });

  it('is refused where the app is not a member: the log says what to do', async () => {
    await notify({ space: offLimits, text: 'Nobody hears me' });
    const line = await logged('notification refused');
    assert.match(line, /The app is not a member of the space\. Somebody there has to add it\./);
    assert.ok(line.includes(offLimits));
    assert.deepEqual(texts(offLimits), []);
  });

  it('is refused when it is too long, before anything is posted', async () => {
    const before = shown().length;
    await notify({ text: 'x'.repeat(32_001) });
    assert.match(await logged('The message has 32001 bytes'), /Shorten it/);
    assert.equal(shown().length, before);
  });

  it('is refused for good once somebody has deleted the message of its key', async () => {
    await notify({ text: 'Incident 5 is open', key: 'incident-5' });
    const { world } = stage.google;
    const message = world
      .messages(stage.room)
      .find(({ resource }) => resource.text === 'Incident 5 is open');
    world.remove(message ?? assert.fail());
    await notify({ text: 'Incident 5 is closed', key: 'incident-5' });
    assert.match(await logged('has deleted the message of its key'), /another key/);
    assert.ok(!texts().some((text) => text.includes('Incident 5')));
  });

  it('is refused with a card that would call back to the app', async () => {
    const before = shown().length;
    const onClick = { action: { function: 'connect' } };
    await notify({ card: { sections: [{ widgets: [{ image: { imageUrl: 'x', onClick } }] }] } });
    await logged('card-action');
    assert.equal(shown().length, before);
  });

  it('is posted by a webhook where the app is no member, with a thread for each key', async () => {
    await notify({ space: undefined, webhook: 'ops', text: 'Load is high', key: 'load' });
    await notify({ space: undefined, webhook: 'ops', text: 'Load is low', key: 'load' });
    assert.deepEqual(texts(offLimits), ['Load is high', 'Load is low']);
    const [first, second] = shown(offLimits);
    assert.equal(first?.resource.sender?.displayName, 'Monitoring');
    assert.equal(second?.resource.thread?.name, first.resource.thread?.name);
  });

  it('is refused by a webhook that Chat doesn’t know any more, or that there isn’t', async () => {
    await notify({ space: undefined, webhook: 'gone', text: 'Into the void' });
    assert.match(await logged('chat_webhook_rejected'), /Create it anew/);
    await notify({ space: undefined, webhook: 'none', text: 'Into the void' });
    await logged('WEBHOOKS has no webhook of this name');
  });

  it('is counted, mistakes too, and nothing of it is printed', async () => {
    stage.google.pubsub.publish(stage.google.notifications.topic, Buffer.from('SECRET-CONTENT'));
    await notify({ text: 'x', txet: 'SECRET-CONTENT' });
    assert.match(await logged('"fields":"txet"'), /WARNING/);
    const metrics = await (await fetch(`${subscriber.adminUrl}/metrics`)).text();
    for (const labels of [
      'result="posted",reason=""',
      'result="refused",reason="chat_not_member"',
      'result="refused",reason="chat_invalid_request"',
      'result="refused",reason="message-deleted"',
      'result="refused",reason="chat_webhook_rejected"',
      'result="refused",reason="unknown-webhook"',
      'result="invalid",reason="card-action"',
      'result="invalid",reason="not-json"',
      'result="invalid",reason="fields"',
    ]) {
      assert.match(metrics, new RegExp(`postern_notifications_total\\{${labels}\\} \\d`), labels);
    }
    const output = stage.output.join('\n');
    assert.ok(!output.includes('SECRET-CONTENT'));
    assert.ok(!/token=|AIzaSy/.test(output), 'no webhook’s URL');
    assert.match(output, /webhooks=ops:•••,gone:•••/);
  });

  it('is finished when it has begun, on SIGTERM, and the rest is left for the next', async () => {
    // It has begun when it stands there, and has not ended while its answers get lost.
    stage.google.chatFaults.failNext({ method: 'messages.create', after: 'commit', times: 3 });
    stage.notify({ space: stage.room, text: 'Already begun' });
    stage.notify({ space: stage.room, text: 'Not begun yet' });
    await stage.until('the post', () => texts().find((text) => text === 'Already begun'));
    await subscriber.stop(10_000);
    assert.equal(await subscriber.ended, 0);
    subscriber = await stage.startSubscriber();
    await allAcked();
    once('Already begun');
    once('Not begun yet');
  });

  it('ends the subscriber when there is no subscription to take it from', async () => {
    const missing = await setStage({
      dialect: 'classic',
      environment: { NOTIFICATIONS_SUBSCRIPTION: 'not-there', RECONNECT_SECONDS: '1' },
    });
    try {
      // Before it is ready, or right after a refusal that was late.
      const ended = missing.startSubscriber().then((started) => started.ended);
      assert.equal(await ended.catch(() => 1), 1);
      assert.match(
        missing.output.join('\n'),
        /no stream of messages could be opened.*\(not-there\)/,
      );
    } finally {
      await missing.end();
    }
  });
});
