import { setTimeout as wait } from 'node:timers/promises';
import type { SimulatedPerson } from '../../simulator/world.ts';
import { seconds } from '../../src/lib/clock.ts';
import { type Stage, type Subscriber, setStage } from '../end-to-end/stage.ts';
import { type SwallowingProxy, startSwallowingProxy } from '../support/swallowing-proxy.ts';
import { within } from '../support/within.ts';
import { type Courier, createCourier } from './courier.ts';
import type { Ground } from './ground.ts';
import type { Person, Schedule } from './schedule.ts';
import type { Waits } from './waits.ts';

interface Houses {
  people: Readonly<Record<Person, SimulatedPerson>>;
  rooms: readonly [string, string, string];
}

/** Three subscribers on a stage, three people in three rooms, and what faults take hold of. */
export interface Laboratory extends Houses, Pick<Courier, 'bringBy' | 'published'> {
  stage: Stage;
  ground: Ground;
  waits: Waits;
  /** Between the subscribers and Pub/Sub. */
  proxy: SwallowingProxy;
  /** Ends the subscriber of a slot, one way or another, and starts one anew there. One at a time for each slot. */
  replace(slot: number, end: Ending, environment?: Record<string, string>): Promise<void>;
  /** Whether all events are acked, as far as can be seen while subscribers work. */
  isAcked(): boolean;
  /**
   * What stays on the subscription, acked by nobody; undefined when nothing does. Where only subscribers that have stopped
   * leave it in peace, they are stopped when they have nothing more to do, and started anew for what is left, until the
   * deadline.
   */
  left(deadline: number): Promise<string | undefined>;
  end(): Promise<void>;
}

export type Ending = (subscriber: Subscriber) => Promise<void>;

const SUBSCRIBERS = 3;
export const DRAIN_MS = 30_000;

/** Longer than Pub/Sub waits for an ack: whoever prints nothing for so long has got nothing. */
const QUIET_MS = seconds(12);

/** All that has to close has closed long before. */
const CLOSING_MS = seconds(60);

const CARLA: SimulatedPerson = {
  id: '109558201746392810573',
  displayName: 'Carla',
  email: 'carla@example.com',
  domain: 'example.com',
  locale: 'en',
};

/** @param ground is closed at the end, and also when the laboratory can't be opened */
export async function openLaboratory(
  { dialect }: Schedule,
  ground: Ground,
  waits: Waits,
): Promise<Laboratory> {
  // Each process that is started has a listener for our own end.
  process.setMaxListeners(0);
  const courier = createCourier((data) => ground.pubsub.publish(stage.google, data));
  const opened: (() => Promise<void>)[] = [() => ground.close()];
  const closeAll = async (): Promise<void> => {
    const results = await Promise.allSettled(
      opened.map((close) => within('the end of the laboratory', CLOSING_MS, close())),
    );
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  };

  const stagePromise = setStage({
    ...ground.stage,
    dialect,
    // What a crash leaves behind, and what was handed back, is free soon.
    environment: { LEASE_SECONDS: '3', ...ground.stage.environment },
    maximumBackoffMs: 4000,
    pubsub: { publish: courier.publish },
  });
  const stage = await waits.until('the stage', stagePromise).catch(async (error: unknown) => {
    await closeAll();
    throw error;
  });
  opened.push(() => stage.end());
  const proxy = await startSwallowingProxy(ground.pubsub.host(stage.google));
  opened.push(() => proxy.stop());
  const houses = await waits.until('people and rooms', settle(stage));
  const start = (environment: Record<string, string> = {}): Promise<Subscriber> =>
    stage.startSubscriber({ PUBSUB_EMULATOR_HOST: proxy.host, ...environment });

  const slots: Promise<Subscriber>[] = [];
  const startAll = async (): Promise<void> => {
    for (let slot = 0; slot < SUBSCRIBERS; slot++) slots[slot] = start();
    await waits.until('three subscribers', Promise.all(slots));
  };
  const stopAll = async (): Promise<void> => {
    const stopped = slots.map(async (slot) => {
      const subscriber = await slot.catch(() => undefined);
      await subscriber?.stop(DRAIN_MS);
    });
    await waits.until('the end of three subscribers', Promise.all(stopped));
  };
  const { published, bringBy } = courier;

  const laboratory: Laboratory = {
    stage,
    ...houses,
    ground,
    waits,
    proxy,
    published,
    bringBy,
    async replace(slot, end, environment) {
      // One that died while it started is replaced like any other.
      const before = slots[slot]?.catch(() => undefined);
      const replaced = Promise.resolve(before).then(async (subscriber) => {
        if (subscriber !== undefined) await end(subscriber);
        return start(environment);
      });
      slots[slot] = replaced;
      await waits.until(`subscriber ${slot}, anew`, replaced);
    },
    isAcked: () =>
      courier.underway() === 0 && ground.pubsub.isAcked(stage.google, published.length),
    async left(deadline) {
      for (;;) {
        if (ground.pubsub.isDisturbedByPulls) {
          await waits.until('quiet subscribers', quiet(stage.output, deadline));
          await stopAll();
        }
        const left =
          courier.trouble() ??
          (await waits.until('what is left', ground.pubsub.left(stage.google, published.length)));
        if (left === undefined || Date.now() > deadline || !ground.pubsub.isDisturbedByPulls)
          return left;
        await startAll();
      }
    },
    async end() {
      await stopAll();
      await closeAll();
    },
  };
  try {
    await startAll();
    return laboratory;
  } catch (error) {
    await laboratory.end();
    throw error;
  }
}

async function quiet(output: readonly string[], deadline: number): Promise<void> {
  let lines = output.length;
  let since = Date.now();
  while (Date.now() < Math.min(since + QUIET_MS, deadline)) {
    await wait(250);
    if (output.length === lines) continue;
    lines = output.length;
    since = Date.now();
  }
}

/** All three are in all three rooms, and so is Postern. */
async function settle({ google: { world }, ana, bruno, room }: Stage): Promise<Houses> {
  world.setPerson(CARLA);
  const [creator, carla] = [world.user(`users/${ana.id}`), world.user(`users/${CARLA.id}`)];
  const first = world.space(room);
  if (!creator || !carla || !first) throw new Error('The simulated world has changed');
  await world.join(first, carla, creator);
  const make = async (displayName: string): Promise<string> => {
    const guests = [`users/${bruno.id}`, carla.name];
    const { name } = world.setUp({ displayName, creator, people: guests }).resource;
    await world.addApp(creator.name, name);
    return name;
  };
  return {
    people: { ana, bruno, carla: CARLA },
    rooms: [room, await make('Blue'), await make('Green')],
  };
}
