import assert from 'node:assert/strict';
import { once } from 'node:events';
import { it } from 'node:test';
import { Duration, SubscriptionCloseBehaviors } from '@google-cloud/pubsub';
import { status } from '@grpc/grpc-js';
import { connect, createProject, Inbox, publish, pullNow, pullOne, RawStream } from './clients.ts';
import { DEADLINE_PASSED_MS, type PubSubUnderTest } from './under-test.ts';

/** How clients come, share the work, and go. */
export function clientContract(server: () => PubSubUnderTest): void {
  it('lets a client that closes with WAIT finish and acknowledge what it has', async (t) => {
    const project = await createProject(t, server().host);
    const inbox = new Inbox(t, project, undefined, {
      closeOptions: {
        behavior: SubscriptionCloseBehaviors.WaitForProcessing,
        timeout: Duration.from({ seconds: 25 }),
      },
    });
    await publish(project, ...Array.from({ length: 20 }, (_, n) => `in work ${n}`));
    const messages = await inbox.received(20);
    const closed = inbox.subscription.close();
    for (const message of messages) message.ack();
    await closed;
    await server().pass(DEADLINE_PASSED_MS);
    assert.deepEqual(await pullNow(project), []);
  });

  it('gets back at once what a client has when it closes without WAIT', async (t) => {
    const project = await createProject(t, server().host);
    const inbox = new Inbox(t, project);
    await publish(project, 'in work');
    const [message] = await inbox.received(1);
    await inbox.subscription.close();
    assert.equal((await pullOne(project)).id, message?.id);
  });

  it('shares the load among the subscribers of one subscription', async (t) => {
    const project = await createProject(t, server().host);
    const other = { ...project, ...connect(t, server().host, project.id) };
    const inboxes = [project, other].map((one) => new Inbox(t, one, (message) => message.ack()));
    const published: string[] = [];
    while (inboxes.some(({ messages }) => messages.length === 0)) {
      const arrived = Promise.race(inboxes.map((inbox) => once(inbox.subscription, 'received')));
      published.push(...(await publish(project, 'next')));
      await arrived;
    }
    const received = inboxes.flatMap(({ messages }) => messages.map(({ id }) => id));
    assert.deepEqual(received.sort(), published.sort());
  });

  it('has a client with flow control work on no more than it wants', async (t) => {
    const project = await createProject(t, server().host);
    let inWork = 0;
    let most = 0;
    const inbox = new Inbox(
      t,
      project,
      (message) => {
        inWork += 1;
        most = Math.max(most, inWork);
        setImmediate(() => {
          inWork -= 1;
          message.ack();
        });
      },
      { flowControl: { maxMessages: 5, allowExcessMessages: false } },
    );
    await publish(project, ...Array.from({ length: 30 }, (_, n) => `message ${n}`));
    const messages = await inbox.received(30);
    assert.equal(new Set(messages.map(({ id }) => id)).size, 30);
    assert.ok(most <= 5, `${most} at once`);
  });

  it('acknowledges and hands back within the stream', async (t) => {
    const project = await createProject(t, server().host);
    const stream = new RawStream(t, project);
    const [first] = await publish(project, 'first');
    const [delivered] = await stream.next();
    stream.send({ modifyDeadlineAckIds: [delivered?.ackId], modifyDeadlineSeconds: [0] });
    const [again] = await stream.next();
    stream.send({ ackIds: [again?.ackId] });
    const [second] = await publish(project, 'second');
    const [other] = await stream.next();
    assert.deepEqual([delivered?.id, again?.id, other?.id], [first, first, second]);
  });

  it('tells a subscriber whose subscription does not exist: NOT_FOUND', async (t) => {
    const project = await createProject(t, server().host);
    const subscription = `projects/${project.id}/subscriptions/nowhere`;
    const inbox = new Inbox(t, { ...project, subscription });
    assert.equal(await inbox.failed(), status.NOT_FOUND);
  });

  it('ends the streams of a subscription that is deleted: NOT_FOUND', async (t) => {
    const project = await createProject(t, server().host);
    const inbox = new Inbox(t, project, (message) => message.ack());
    await publish(project, 'last');
    await inbox.received(1);
    const failed = inbox.failed();
    await project.subscriber.deleteSubscription({ subscription: project.subscription });
    assert.equal(await failed, status.NOT_FOUND);
    await assert.rejects(pullNow(project), { code: status.NOT_FOUND });
  });
}
