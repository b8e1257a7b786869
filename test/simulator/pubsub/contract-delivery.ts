import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createProject, Inbox, publish, pullNow, pullOne } from './clients.ts';
import { DEADLINE_PASSED_MS, type PubSubUnderTest } from './under-test.ts';

/** What becomes of a message. */
export function deliveryContract(server: () => PubSubUnderTest): void {
  it('delivers what was published, with its data, attributes, id and time', async (t) => {
    const project = await createProject(t, server().host);
    const inbox = new Inbox(t, project, (message) => message.ack());
    const attributes = { 'ce-type': 'google.workspace.chat', empty: '' };
    const id = await project.pubsub
      .topic(project.topic)
      .publishMessage({ data: Buffer.from('{"text":"héllo"}'), attributes });
    const [message] = await inbox.received(1);
    assert.equal(message?.id, id);
    assert.equal(message?.data.toString(), '{"text":"héllo"}');
    assert.deepEqual({ ...message?.attributes }, attributes);
    assert.ok(message !== undefined && message.publishTime.getTime() > 0);
  });

  it('delivers a message that has attributes only', async (t) => {
    const project = await createProject(t, server().host);
    const inbox = new Inbox(t, project, (message) => message.ack());
    await project.pubsub.topic(project.topic).publishMessage({ attributes: { relay: '1' } });
    const [message] = await inbox.received(1);
    assert.equal(message?.data.length, 0);
  });

  it('gives every subscription each message, but none from before it was created', async (t) => {
    const project = await createProject(t, server().host);
    const late = { ...project, subscription: `projects/${project.id}/subscriptions/late` };
    await publish(project, 'early');
    await project.subscriber.createSubscription({ name: late.subscription, topic: late.topic });
    await publish(project, 'both');
    assert.deepEqual([(await pullOne(late)).text, await pullNow(late)], ['both', []]);
    const texts = [(await pullOne(project)).text, (await pullOne(project)).text];
    assert.deepEqual(texts.sort(), ['both', 'early']);
  });

  it('gives the same content a new id each time it is published', async (t) => {
    const project = await createProject(t, server().host);
    const inbox = new Inbox(t, project, (message) => message.ack());
    const ids = [...(await publish(project, 'same')), ...(await publish(project, 'same'))];
    const messages = await inbox.received(2);
    assert.equal(new Set(ids).size, 2);
    assert.deepEqual(messages.map(({ id }) => id).sort(), ids.sort());
  });

  it('delivers each of 500 acknowledged messages exactly once', async (t) => {
    const project = await createProject(t, server().host);
    const inbox = new Inbox(t, project, (message) => message.ack());
    const ids = await publish(project, ...Array.from({ length: 500 }, (_, n) => `message ${n}`));
    await inbox.received(500);
    await inbox.subscription.close();
    assert.deepEqual(inbox.messages.map(({ id }) => id).sort(), ids.sort());
    assert.deepEqual(await pullNow(project), []);
  });

  it('never brings back an acknowledged message', async (t) => {
    const project = await createProject(t, server().host);
    await publish(project, 'done');
    const { ackId } = await pullOne(project);
    await project.subscriber.acknowledge({ subscription: project.subscription, ackIds: [ackId] });
    await server().pass(DEADLINE_PASSED_MS);
    assert.deepEqual(await pullNow(project), []);
  });

  it('brings back a message that is not acknowledged within its deadline', async (t) => {
    const project = await createProject(t, server().host);
    await publish(project, 'slow');
    const first = await pullOne(project);
    assert.deepEqual(await pullNow(project), []);
    await server().pass(DEADLINE_PASSED_MS);
    const second = await pullOne(project);
    assert.equal(second.id, first.id);
    assert.notEqual(second.ackId, first.ackId);
  });

  it('leaves a message alone whose deadline was extended', async (t) => {
    const project = await createProject(t, server().host);
    await publish(project, 'long work');
    const { ackId } = await pullOne(project);
    await project.subscriber.modifyAckDeadline({
      subscription: project.subscription,
      ackIds: [ackId],
      ackDeadlineSeconds: 60,
    });
    await server().pass(DEADLINE_PASSED_MS);
    assert.deepEqual(await pullNow(project), []);
  });

  it('brings back a message that is handed back, without counting attempts', async (t) => {
    const project = await createProject(t, server().host);
    const inbox = new Inbox(t, project, (message) => {
      if (inbox.messages.length === 1) message.nack();
      else message.ack();
    });
    await publish(project, 'again');
    const [first, second] = await inbox.received(2);
    assert.equal(second?.id, first?.id);
    assert.deepEqual([first?.deliveryAttempt, second?.deliveryAttempt], [0, 0]);
  });

  it('moves a message to the dead-letter topic after five attempts, saying where it came from', async (t) => {
    const project = await createProject(t, server().host);
    const dead = {
      ...project,
      topic: `projects/${project.id}/topics/dead`,
      subscription: `projects/${project.id}/subscriptions/dead`,
    };
    const failing = { ...project, subscription: `projects/${project.id}/subscriptions/failing` };
    await project.publisher.createTopic({ name: dead.topic });
    await project.subscriber.createSubscription({ name: dead.subscription, topic: dead.topic });
    await project.subscriber.createSubscription({
      name: failing.subscription,
      topic: project.topic,
      deadLetterPolicy: { deadLetterTopic: dead.topic, maxDeliveryAttempts: 5 },
    });
    const inbox = new Inbox(t, failing, (message) => message.nack());
    const deadInbox = new Inbox(t, dead, (message) => message.ack());
    await project.publisher.publish({
      topic: project.topic,
      messages: [{ data: Buffer.from('poison'), attributes: { kind: 'test' } }],
    });
    const [message] = await deadInbox.received(1);
    assert.deepEqual(
      inbox.messages.map(({ deliveryAttempt }) => deliveryAttempt),
      [1, 2, 3, 4, 5],
    );
    const { CloudPubSubDeadLetterSourceTopicPublishTime: publishTime, ...attributes } =
      message?.attributes ?? {};
    assert.deepEqual(attributes, {
      kind: 'test',
      CloudPubSubDeadLetterSourceDeliveryCount: '5',
      CloudPubSubDeadLetterSourceSubscription: 'failing',
      CloudPubSubDeadLetterSourceSubscriptionProject: project.id,
    });
    assert.equal(Date.parse(publishTime ?? ''), inbox.messages[0]?.publishTime.getTime());
    assert.equal(message?.data.toString(), 'poison');
    assert.notEqual(message?.id, inbox.messages[0]?.id);
  });
}
