import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { status } from '@grpc/grpc-js';
import { type PubSubServer, startPubSub } from '../../../simulator/pubsub/server.ts';
import { createProject, RawStream } from './clients.ts';

describe('The embedded Pub/Sub, stricter than the emulator,', () => {
  let server: PubSubServer;
  before(async () => {
    server = await startPubSub();
  });
  after(() => server.stop());

  it('refuses subscriptions that the real service refuses, or that it can’t simulate', async (t) => {
    const { subscriber, topic, id } = await createProject(t, server.host);
    const name = `projects/${id}/subscriptions/refused`;
    const settings: Parameters<typeof subscriber.createSubscription>[0][] = [
      { ackDeadlineSeconds: 9 },
      { deadLetterPolicy: { deadLetterTopic: topic, maxDeliveryAttempts: 4 } },
      { deadLetterPolicy: { deadLetterTopic: topic, maxDeliveryAttempts: 101 } },
      { retryPolicy: { maximumBackoff: { seconds: 601 } } },
      { enableExactlyOnceDelivery: true },
      { filter: 'attributes.kind = "text"' },
      { pushConfig: { pushEndpoint: 'https://example.com/push' } },
      { retainAckedMessages: true },
      { messageTransforms: [{ javascriptUdf: { functionName: 'f', code: 'x' } }] },
    ];
    for (const setting of settings) {
      await assert.rejects(
        subscriber.createSubscription({ name, topic, ...setting }),
        { code: status.INVALID_ARGUMENT },
        JSON.stringify(setting),
      );
    }
    await subscriber.createSubscription({ name, topic, filter: '', pushConfig: {} });
  });

  it('doesn’t list what nobody could have', async (t) => {
    const { publisher, id } = await createProject(t, server.host);
    const topic = `projects/${id}/topics/nowhere`;
    await assert.rejects(publisher.listTopicSubscriptions({ topic }), { code: status.NOT_FOUND });
  });

  it('refuses messages that the real service refuses, or that it can’t simulate', async (t) => {
    const { publisher, topic } = await createProject(t, server.host);
    const data = Buffer.from('x');
    const messages: [string, Parameters<typeof publisher.publish>[0]][] = [
      ['over 10 MB', { messages: [{ data: Buffer.alloc(10_000_001) }] }],
      ['a key over 256 bytes', { messages: [{ attributes: { ['k'.repeat(257)]: '' } }] }],
      ['a value over 1024 bytes', { messages: [{ attributes: { key: 'é'.repeat(513) } }] }],
      ['a key of Google’s own', { messages: [{ attributes: { googx: '1' } }] }],
      ['an empty key', { messages: [{ attributes: { '': '1' } }] }],
      [
        'over 100 attributes',
        {
          messages: [
            {
              attributes: Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`k${n}`, ''])),
            },
          ],
        },
      ],
      ['an ordering key', { messages: [{ data, orderingKey: 'key' }] }],
    ];
    for (const [what, request] of messages) {
      await assert.rejects(
        publisher.publish({ topic, ...request }),
        { code: status.INVALID_ARGUMENT },
        what,
      );
    }
    await publisher.publish({ topic, messages: [{ data: Buffer.alloc(10_000_000) }] });
  });

  it('says that it does not implement the rest', async (t) => {
    const { subscriber, subscription } = await createProject(t, server.host);
    await assert.rejects(subscriber.modifyPushConfig({ subscription, pushConfig: {} }), {
      code: status.UNIMPLEMENTED,
      message: /ModifyPushConfig/,
    });
    await assert.rejects(subscriber.seek({ subscription, time: { seconds: 1 } }), {
      code: status.UNIMPLEMENTED,
    });
  });

  it('ends a stream that breaks the protocol', async (t) => {
    const project = await createProject(t, server.host);
    const breaches: [object, object[]][] = [
      [{ streamAckDeadlineSeconds: 5 }, []],
      [{}, [{ subscription: project.subscription }]],
      [{}, [{ maxOutstandingMessages: 10 }]],
      [{}, [{ ackIds: ['not one of ours'] }]],
      [{}, [{ modifyDeadlineAckIds: [`${project.subscription}:1`] }]],
    ];
    for (const [first, rest] of breaches) {
      const stream = new RawStream(t, project, first);
      for (const request of rest) stream.send(request);
      assert.equal(await stream.failed(), status.INVALID_ARGUMENT, JSON.stringify([first, rest]));
    }
    assert.equal(server.backlog(project.subscription).consumers, 0);
  });
});
