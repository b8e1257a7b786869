import assert from 'node:assert/strict';
import { it } from 'node:test';
import { status } from '@grpc/grpc-js';
import { createProject, publish, pullOne } from './clients.ts';
import type { PubSubUnderTest } from './under-test.ts';

/** Topics and subscriptions, and what is refused. */
export function resourceContract(server: () => PubSubUnderTest): void {
  it('keeps a subscription, and what it holds, when its topic is deleted', async (t) => {
    const project = await createProject(t, server().host);
    await publish(project, 'left behind');
    await project.publisher.deleteTopic({ topic: project.topic });
    const [subscription] = await project.subscriber.getSubscription({
      subscription: project.subscription,
    });
    assert.equal(subscription.topic, '_deleted-topic_');
    assert.equal((await pullOne(project)).text, 'left behind');
  });

  it('tells the settings of a subscription, with defaults for what was not given', async (t) => {
    const project = await createProject(t, server().host, { retryPolicy: {} });
    const [subscription] = await project.subscriber.getSubscription({
      subscription: project.subscription,
    });
    assert.equal(subscription.ackDeadlineSeconds, 10);
    assert.equal(subscription.deadLetterPolicy, null);
    assert.deepEqual(
      [subscription.retryPolicy?.minimumBackoff, subscription.retryPolicy?.maximumBackoff],
      [
        { seconds: '10', nanos: 0 },
        { seconds: '600', nanos: 0 },
      ],
    );
  });

  it("lists a project's topics and subscriptions, page by page", async (t) => {
    const project = await createProject(t, server().host);
    const others = ['other-a', 'other-b'].map((id) => `projects/${project.id}/topics/${id}`);
    for (const name of others) await project.publisher.createTopic({ name });
    const [topics] = await project.publisher.listTopics({
      project: `projects/${project.id}`,
    });
    assert.deepEqual(topics.map(({ name }) => name).sort(), [project.topic, ...others].sort());
    const [firstTwo, , rest] = await project.publisher.listTopics(
      { project: `projects/${project.id}`, pageSize: 2 },
      { autoPaginate: false },
    );
    assert.equal(firstTwo.length, 2);
    assert.notEqual(rest.nextPageToken, '');
    const [subscriptions] = await project.pubsub.getSubscriptions();
    assert.deepEqual(
      subscriptions.map(({ name }) => name),
      [project.subscription],
    );
  });

  it("lists a topic's subscriptions, page by page", async (t) => {
    const project = await createProject(t, server().host);
    const { topic, subscription, publisher, subscriber } = project;
    const other = `projects/${project.id}/subscriptions/another`;
    await subscriber.createSubscription({ name: other, topic });
    const elsewhere = `projects/${project.id}/topics/elsewhere`;
    await publisher.createTopic({ name: elsewhere });
    const [all] = await publisher.listTopicSubscriptions({ topic });
    assert.deepEqual(all.toSorted(), [other, subscription].toSorted());
    const [one, , rest] = await publisher.listTopicSubscriptions(
      { topic, pageSize: 1 },
      { autoPaginate: false },
    );
    assert.equal(one.length, 1);
    assert.notEqual(rest.nextPageToken, '');
    assert.deepEqual((await publisher.listTopicSubscriptions({ topic: elsewhere }))[0], []);
  });

  it('refuses what it must refuse, as Google does', async (t) => {
    const { subscriber, publisher, topic, subscription, id } = await createProject(
      t,
      server().host,
    );
    const missingTopic = `projects/${id}/topics/nowhere`;
    const missingSubscription = `projects/${id}/subscriptions/nowhere`;
    const spare = `projects/${id}/subscriptions/spare`;
    const data = Buffer.from('x');
    const refusals: [status, () => Promise<unknown>][] = [
      [status.ALREADY_EXISTS, () => publisher.createTopic({ name: topic })],
      [status.INVALID_ARGUMENT, () => publisher.createTopic({ name: `projects/${id}/topics/go` })],
      [status.NOT_FOUND, () => publisher.getTopic({ topic: missingTopic })],
      [status.NOT_FOUND, () => publisher.deleteTopic({ topic: missingTopic })],
      [status.NOT_FOUND, () => publisher.publish({ topic: missingTopic, messages: [{ data }] })],
      [status.INVALID_ARGUMENT, () => publisher.publish({ topic, messages: [] })],
      [status.INVALID_ARGUMENT, () => publisher.publish({ topic, messages: [{}] })],
      [
        status.INVALID_ARGUMENT,
        () =>
          publisher.publish({ topic, messages: Array.from({ length: 1001 }, () => ({ data })) }),
      ],
      [status.ALREADY_EXISTS, () => subscriber.createSubscription({ name: subscription, topic })],
      [status.NOT_FOUND, () => subscriber.createSubscription({ name: spare, topic: missingTopic })],
      [
        status.INVALID_ARGUMENT,
        () => subscriber.createSubscription({ name: spare, topic, ackDeadlineSeconds: 601 }),
      ],
      [
        status.NOT_FOUND,
        () =>
          subscriber.createSubscription({
            name: spare,
            topic,
            deadLetterPolicy: { deadLetterTopic: missingTopic },
          }),
      ],
      [
        status.INVALID_ARGUMENT,
        () =>
          subscriber.createSubscription({
            name: spare,
            topic,
            retryPolicy: { minimumBackoff: { seconds: 601 } },
          }),
      ],
      [
        status.INVALID_ARGUMENT,
        () =>
          subscriber.createSubscription({
            name: spare,
            topic,
            retryPolicy: { minimumBackoff: { seconds: 60 }, maximumBackoff: { seconds: 20 } },
          }),
      ],
      [
        status.NOT_FOUND,
        () => subscriber.deleteSubscription({ subscription: missingSubscription }),
      ],
      [status.INVALID_ARGUMENT, () => subscriber.pull({ subscription, maxMessages: 0 })],
      [
        status.NOT_FOUND,
        () => subscriber.acknowledge({ subscription: missingSubscription, ackIds: ['x'] }),
      ],
      [status.INVALID_ARGUMENT, () => subscriber.acknowledge({ subscription, ackIds: [] })],
      [status.INVALID_ARGUMENT, () => subscriber.acknowledge({ subscription, ackIds: ['x'] })],
      [
        status.INVALID_ARGUMENT,
        () => subscriber.modifyAckDeadline({ subscription, ackIds: ['x'], ackDeadlineSeconds: -1 }),
      ],
    ];
    for (const [code, call] of refusals) {
      await assert.rejects(call, { code }, call.toString());
    }
  });
}
