import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type IAM, PubSub } from '@google-cloud/pubsub';
import { status } from '@grpc/grpc-js';
import { type PubSubServer, startPubSub } from '../../../simulator/pubsub/server.ts';
import { seconds } from '../../../src/lib/clock.ts';
import { createProject, Inbox, publish, pullNow, RawStream } from './clients.ts';
import { FakeTimers } from './fake-timers.ts';

describe('The embedded Pub/Sub, beyond what the emulator does', () => {
  const timers = new FakeTimers();
  let server: PubSubServer;
  before(async () => {
    server = await startPubSub({ timers });
  });
  after(() => server.stop());

  it('is found through PUBSUB_EMULATOR_HOST', async (t) => {
    process.env['PUBSUB_EMULATOR_HOST'] = server.host;
    t.after(() => delete process.env['PUBSUB_EMULATOR_HOST']);
    const pubsub = new PubSub({ projectId: 'by-environment' });
    t.after(() => pubsub.close());
    const [topic] = await pubsub.createTopic('events');
    assert.equal(topic.name, 'projects/by-environment/topics/events');
  });

  it('delivers what is published within the process', async (t) => {
    const project = await createProject(t, server.host);
    const inbox = new Inbox(t, project, (message) => message.ack());
    const id = server.publish(project.topic, Buffer.from('inside'), { from: 'here' });
    const [message] = await inbox.received(1);
    assert.deepEqual([message?.id, message?.attributes['from']], [id, 'here']);
    assert.throws(() => server.publish('projects/none/topics/none', Buffer.from('x')), {
      code: status.NOT_FOUND,
    });
  });

  it('sends a stream no more messages than it asked for', async (t) => {
    const project = await createProject(t, server.host);
    await publish(project, ...Array.from({ length: 20 }, (_, n) => `message ${n}`));
    const inbox = new Inbox(t, project, undefined, { flowControl: { maxMessages: 5 } });
    const messages = await inbox.received(5);
    const { waiting, leased } = server.backlog(project.subscription);
    assert.deepEqual({ waiting, leased }, { waiting: 15, leased: 5 });
    messages[0]?.ack();
    await inbox.received(6);
    assert.equal(server.backlog(project.subscription).leased, 5);
  });

  // The real service answers, Google's emulator keeps silent.
  it('answers a ping, so that the client keeps its idle stream', async (t) => {
    const project = await createProject(t, server.host);
    const stream = new RawStream(t, project, { protocolVersion: 1 });
    stream.send({});
    assert.deepEqual(await stream.next(), []);
  });

  it('keeps the messages of a client that vanishes until their deadline', async (t) => {
    const project = await createProject(t, server.host);
    const stream = new RawStream(t, project);
    const [id] = await publish(project, 'held by the dead');
    await stream.next();
    const gone = changed(() => server.backlog(project.subscription).consumers === 0);
    stream.cancel();
    await gone;
    assert.deepEqual(await pullNow(project), []);
    timers.advance(seconds(10));
    assert.equal((await pullNow(project))[0]?.id, id);
  });

  it('delivers a message again on demand', async (t) => {
    const project = await createProject(t, server.host);
    const inbox = new Inbox(t, project, (message) => message.ack());
    const id = server.publish(project.topic, Buffer.from('twice'));
    await inbox.received(1);
    await changed(() => server.backlog(project.subscription).acknowledged === 1);
    server.deliverAgain(project.subscription, id);
    const messages = await inbox.received(2);
    assert.deepEqual(
      messages.map((message) => message.id),
      [id, id],
    );
  });

  it('loses acks and deadlines of a stream that stays open, and delivers again after the deadline', async (t) => {
    const project = await createProject(t, server.host);
    const stream = new RawStream(t, project);
    const hear = server.loseAcks(project.subscription);
    const [id] = await publish(project, 'again');
    const [first] = await stream.next();
    const lost = { modifyDeadlineAckIds: [first?.ackId], modifyDeadlineSeconds: [600] };
    stream.send(lost);
    stream.send({ ackIds: [first?.ackId] });
    // Whatever was sent before a ping has come when it is answered.
    stream.send({});
    assert.deepEqual(await stream.next(), []);
    assert.equal(server.backlog(project.subscription).acknowledged, 0);
    hear();
    timers.advance(seconds(10));
    const [second] = await stream.next();
    assert.equal(second?.id, id);
    assert.notEqual(second?.ackId, first?.ackId);
    stream.send({ ackIds: [second?.ackId] });
    await changed(() => server.backlog(project.subscription).acknowledged === 1);
  });

  it('loses acks and deadlines of pulls, and says that all is well', async (t) => {
    const project = await createProject(t, server.host);
    const { subscriber, subscription } = project;
    const [id] = await publish(project, 'again');
    const [first] = await pullNow(project);
    const ackIds = [first?.ackId ?? ''];
    const hear = server.loseAcks(subscription);
    const hearToo = server.loseAcks(subscription);
    hear();
    hear();
    await subscriber.modifyAckDeadline({ subscription, ackIds, ackDeadlineSeconds: 600 });
    await subscriber.acknowledge({ subscription, ackIds });
    timers.advance(seconds(10));
    const [second] = await pullNow(project);
    assert.equal(second?.id, id);
    hearToo();
    await subscriber.acknowledge({ subscription, ackIds: [second?.ackId ?? ''] });
    assert.equal(server.backlog(subscription).acknowledged, 1);
  });

  it('has a pull wait for a message', async (t) => {
    const project = await createProject(t, server.host);
    const { subscriber, subscription } = project;
    const pulled = subscriber.pull({ subscription, maxMessages: 1 });
    await changed(() => server.backlog(subscription).consumers === 1);
    const [id] = await publish(project, 'late');
    const [response] = await pulled;
    assert.equal(response.receivedMessages?.[0]?.message?.messageId, id);
  });

  it('answers a pull with nothing when nothing comes', async (t) => {
    const { subscriber, subscription } = await createProject(t, server.host);
    const pulled = subscriber.pull({ subscription, maxMessages: 1 });
    await changed(() => server.backlog(subscription).consumers === 1);
    timers.advance(seconds(10));
    const [response] = await pulled;
    assert.deepEqual(response.receivedMessages, []);
  });

  it('lets everybody do everything with what exists', async (t) => {
    const { pubsub, topic, subscription } = await createProject(t, server.host);
    const consume = 'pubsub.subscriptions.consume';
    const allowed = (resource: { iam: IAM }) => resource.iam.testPermissions([consume]);
    assert.deepEqual((await allowed(pubsub.subscription(subscription)))[0], { [consume]: true });
    assert.deepEqual((await allowed(pubsub.topic(topic)))[0], { [consume]: true });
    assert.deepEqual((await allowed(pubsub.topic('nowhere')))[0], { [consume]: false });
  });

  it('tells who has which role, and lets nobody overwrite a change that they haven’t seen', async (t) => {
    const { pubsub, topic } = await createProject(t, server.host);
    const { iam } = pubsub.topic(topic);
    const [empty] = await iam.getPolicy();
    assert.deepEqual(empty.bindings, []);
    const bindings = [{ role: 'roles/pubsub.publisher', members: ['allUsers'] }];
    await iam.setPolicy({ ...empty, bindings });
    const [changed] = await iam.getPolicy();
    assert.deepEqual(
      changed.bindings?.map(({ role, members }) => ({ role, members })),
      bindings,
    );
    await assert.rejects(iam.setPolicy({ ...empty, bindings: [] }), { code: status.ABORTED });
    server.setPolicy(topic, []);
    assert.deepEqual((await iam.getPolicy())[0].bindings, []);
    const nowhere = pubsub.topic('nowhere').iam.getPolicy();
    await assert.rejects(nowhere, { code: status.NOT_FOUND });
  });

  it('ends the streams of who has lost the role, and refuses all but to create and to delete', async (t) => {
    const project = await createProject(t, server.host);
    const { pubsub, subscriber, subscription } = project;
    const stream = new RawStream(t, project);
    await changed(() => server.backlog(subscription).consumers === 1);
    server.allow(subscription, false);
    assert.equal(await stream.failed(), status.PERMISSION_DENIED);
    const denied = { code: status.PERMISSION_DENIED };
    await assert.rejects(pullNow(project), denied);
    assert.equal(await new RawStream(t, project).failed(), status.PERMISSION_DENIED);
    await assert.rejects(subscriber.acknowledge({ subscription, ackIds: ['x'] }), denied);
    const consume = 'pubsub.subscriptions.consume';
    const allowed = async () =>
      (await pubsub.subscription(subscription).iam.testPermissions([consume]))[0];
    assert.deepEqual(await allowed(), { [consume]: false });

    server.allow(subscription, true);
    assert.deepEqual(await pullNow(project), []);
    assert.deepEqual(await allowed(), { [consume]: true });
  });

  it('ends streams when told to, with the status that it is told', async (t) => {
    const project = await createProject(t, server.host);
    for (const code of [undefined, status.INTERNAL]) {
      const stream = new RawStream(t, project);
      await changed(() => server.backlog(project.subscription).consumers === 1);
      server.endStreams(project.subscription, code);
      assert.equal(await stream.failed(), code ?? status.UNAVAILABLE);
    }
  });

  it('can be stopped, and started again at the same place', async () => {
    const first = await startPubSub();
    await first.stop();
    const second = await startPubSub({ port: Number(first.host.split(':')[1]) });
    assert.equal(second.host, first.host);
    await second.stop();
  });

  function changed(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (!condition()) return;
        leave();
        resolve();
      };
      const leave = server.onChange(check);
      check();
    });
  }
});

describe('The embedded Pub/Sub with the system’s clock', () => {
  let server: PubSubServer;
  before(async () => {
    server = await startPubSub();
  });
  after(() => server.stop());

  it('backs off as the retry policy says', async (t) => {
    const project = await createProject(t, server.host, {
      retryPolicy: { minimumBackoff: { nanos: 150e6 } },
    });
    const times: number[] = [];
    const inbox = new Inbox(t, project, (message) => {
      times.push(performance.now());
      if (times.length < 3) message.nack();
      else message.ack();
    });
    await publish(project, 'again');
    await inbox.received(3);
    const [first = 0, second = 0, third = 0] = times;
    assert.ok(second - first >= 150, `${second - first} ms`);
    assert.ok(third - second >= 300, `${third - second} ms`);
  });
});
