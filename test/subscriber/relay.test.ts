import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { minutes } from '../../src/lib/clock.ts';
import { StoreError } from '../../src/lib/errors.ts';
import { type Delivery, readDelivery } from '../../src/subscriber/deliver.ts';
import { startRelay } from '../../src/subscriber/relay.ts';
import { recordLog } from '../lib/telemetry/recorded-log.ts';
import { idOf, OTHER_ROOM, ROOM, says } from './events.ts';
import { type EventsTopic, openEventsTopic, SUBSCRIPTION, TOPIC } from './events-topic.ts';
import { type Scene, setScene } from './scene.ts';

/** A relay whose naps end when the test says so. */
function relay(t: TestContext, scene: Scene, topic: EventsTopic, name = TOPIC) {
  const { log, lines } = recordLog();
  const naps: number[] = [];
  let wake = (): void => {};
  let asleep = Promise.withResolvers<void>();
  const running = startRelay({
    requests: scene.store.requests,
    pubsub: topic.pubsub,
    topic: name,
    clock: scene.now,
    log,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        naps.push(ms);
        wake = resolve;
        signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
        asleep.resolve();
      }),
  });
  t.after(() => running.stop());
  return {
    lines,
    naps,
    stop: () => running.stop(),
    /** Everything that was due by now is published. */
    atRest: () => asleep.promise,
    async nextRound() {
      await asleep.promise;
      asleep = Promise.withResolvers();
      wake();
      await asleep.promise;
    },
  };
}

/** Ana has asked for something in two rooms, and has consented. */
async function twoDue(t: TestContext): Promise<Scene> {
  const scene = setScene(t);
  await scene.dispatch(says('one', { id: 'one' }));
  await scene.dispatch(says('two', { id: 'two', space: OTHER_ROOM }));
  await scene.consent(scene.link());
  return scene;
}

/** What a subscriber gets, until it has so many. */
async function pulled(topic: EventsTopic, count: number): Promise<Delivery[]> {
  const subscription = topic.pubsub.subscription(SUBSCRIPTION);
  const deliveries: Delivery[] = [];
  await new Promise<void>((resolve) => {
    subscription.on('message', (message) => {
      deliveries.push(readDelivery(message));
      message.ack();
      if (deliveries.length === count) resolve();
    });
  });
  await topic.until(({ acknowledged }) => acknowledged >= count);
  await subscription.close();
  return deliveries;
}

const idsOf = (deliveries: readonly Delivery[]) =>
  deliveries.map(({ event }) => (event.outcome === 'due' ? event.requestId : event.outcome));

it('publishes what is due, for the subscriber to read as such', async (t) => {
  const scene = await twoDue(t);
  const topic = await openEventsTopic(t);
  relay(t, scene, topic);
  const deliveries = await pulled(topic, 2);
  const events = new Set(deliveries.map(({ event }) => event));
  assert.deepEqual(
    events,
    new Set([
      { outcome: 'due', requestId: idOf('two'), space: OTHER_ROOM },
      { outcome: 'due', requestId: idOf('one'), space: ROOM },
    ]),
  );
});

it('looks often enough that a consent has its effect within a second', async (t) => {
  const scene = setScene(t);
  const topic = await openEventsTopic(t);
  const { atRest, nextRound, naps } = relay(t, scene, topic);
  await atRest();
  assert.deepEqual(topic.server.backlog(SUBSCRIPTION).waiting, 0);
  assert.ok(naps.every((ms) => ms <= 1000));

  await scene.dispatch(says('good news'));
  await scene.consent(scene.link());
  await nextRound();
  assert.deepEqual(idsOf(await pulled(topic, 1)), [idOf('one')]);
});

it('publishes each request once, however many relays there are', async (t) => {
  const scene = await twoDue(t);
  const topic = await openEventsTopic(t);
  const relays = [relay(t, scene, topic), relay(t, scene, topic), relay(t, scene, topic)];
  await Promise.all(relays.map(({ nextRound }) => nextRound()));
  assert.equal(topic.server.backlog(SUBSCRIPTION).waiting, 2);
  assert.deepEqual(idsOf(await pulled(topic, 2)).toSorted(), [idOf('one'), idOf('two')].toSorted());
});

it('publishes again what nobody has claimed a minute later, and not what somebody has', async (t) => {
  const scene = await twoDue(t);
  const topic = await openEventsTopic(t);
  const { atRest, nextRound } = relay(t, scene, topic);
  await atRest();
  const claim = { now: scene.now(), leaseMs: minutes(5), expiresAt: scene.now() * 2 };
  await scene.store.requests.claim(idOf('one'), claim);
  scene.pass(minutes(1) - 1);
  await nextRound();
  assert.equal(topic.server.backlog(SUBSCRIPTION).waiting, 2);
  scene.pass(1);
  await nextRound();
  assert.equal(topic.server.backlog(SUBSCRIPTION).waiting, 3);
});

it('publishes later what could not be published, and logs why without its id', async (t) => {
  const scene = await twoDue(t);
  const topic = await openEventsTopic(t);
  const missing = `${TOPIC}-later`;
  const { atRest, nextRound, lines } = relay(t, scene, topic, missing);
  await atRest();
  assert.partialDeepStrictEqual(lines, [{ severity: 'WARNING', error: { code: 5 } }]);

  topic.server.createTopic(missing);
  const name = `${SUBSCRIPTION}-later`;
  topic.server.createSubscription({ name, topic: missing });
  scene.pass(minutes(1));
  await nextRound();
  assert.equal(topic.server.backlog(name).waiting, 2);
});

it('goes on after an outage of the store', async (t) => {
  const scene = await twoDue(t);
  const topic = await openEventsTopic(t);
  const { takeDue } = scene.store.requests;
  t.mock.method(scene.store.requests, 'takeDue', () => {
    scene.store.requests.takeDue = takeDue;
    return Promise.reject(new StoreError('store_unavailable', 'down'));
  });
  const { atRest, nextRound, lines } = relay(t, scene, topic);
  await atRest();
  assert.partialDeepStrictEqual(lines, [{ error: { code: 'store_unavailable' } }]);
  await nextRound();
  assert.equal(topic.server.backlog(SUBSCRIPTION).waiting, 2);
});

it('takes nothing more once it was stopped', async (t) => {
  const scene = await twoDue(t);
  const topic = await openEventsTopic(t);
  const { atRest, stop } = relay(t, scene, topic);
  await atRest();
  await stop();
  scene.pass(minutes(2));
  const options = { now: scene.now(), hideUntil: scene.now(), limit: 10 };
  assert.equal((await scene.store.requests.takeDue(options)).length, 2);
});
