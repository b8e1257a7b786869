import type { SimulatedPerson } from '../../simulator/world.ts';
import { type Stage, type Subscriber, setStage } from '../end-to-end/stage.ts';
import { type SwallowingProxy, startSwallowingProxy } from '../support/swallowing-proxy.ts';
import type { Person, Schedule } from './schedule.ts';

/** Brings an event to Pub/Sub. `publish` may be called once, often, and late. */
export type Courier = (publish: () => void) => void;

interface Houses {
  people: Readonly<Record<Person, SimulatedPerson>>;
  rooms: readonly [string, string, string];
}

/** Three subscribers on a stage, three people in three rooms, and what faults take hold of. */
export interface Laboratory extends Houses {
  stage: Stage;
  /** Between the subscribers and Pub/Sub. */
  proxy: SwallowingProxy;
  /** How events get to Pub/Sub from now on. At once, by default. */
  bringBy(courier: Courier): void;
  /** The ids of the messages on the topic. */
  published: string[];
  /** Ends the subscriber of a slot, one way or another, and starts one anew there. One at a time for each slot. */
  replace(slot: number, end: Ending, environment?: Record<string, string>): Promise<void>;
  end(): Promise<void>;
}

export type Ending = (subscriber: Subscriber) => Promise<void>;

const SUBSCRIBERS = 3;
export const DRAIN_MS = 30_000;

const CARLA: SimulatedPerson = {
  id: '109558201746392810573',
  displayName: 'Carla',
  email: 'carla@example.com',
  domain: 'example.com',
  locale: 'en',
};

export async function openLaboratory({ dialect }: Schedule): Promise<Laboratory> {
  // Each process that is started has a listener for our own end.
  process.setMaxListeners(0);
  const published: string[] = [];
  const way: { courier: Courier } = { courier: (publish) => publish() };
  const stage = await setStage({
    dialect,
    // What a crash leaves behind, and what was handed back, is free soon.
    environment: { LEASE_SECONDS: '3' },
    maximumBackoffMs: 4000,
    pubsub: {
      async publish(data) {
        const { pubsub, topic } = stage.google;
        way.courier(() => published.push(pubsub.publish(topic, data)));
      },
    },
  });
  const proxy = await startSwallowingProxy(stage.google.pubsubHost);
  const houses = await settle(stage);
  const start = (environment: Record<string, string> = {}): Promise<Subscriber> =>
    stage.startSubscriber({ PUBSUB_EMULATOR_HOST: proxy.host, ...environment });

  const slots: Promise<Subscriber>[] = [];
  const laboratory: Laboratory = {
    stage,
    ...houses,
    proxy,
    published,
    bringBy(courier) {
      way.courier = courier;
    },
    async replace(slot, end, environment) {
      // One that died while it started is replaced like any other.
      const before = slots[slot]?.catch(() => undefined);
      const replaced = Promise.resolve(before).then(async (subscriber) => {
        if (subscriber !== undefined) await end(subscriber);
        return start(environment);
      });
      slots[slot] = replaced;
      await replaced;
    },
    async end() {
      await Promise.all(slots.map(async (slot) => (await slot).stop(DRAIN_MS)));
      await proxy.stop();
      await stage.end();
    },
  };
  for (let slot = 0; slot < SUBSCRIBERS; slot++) slots.push(start());
  await Promise.all(slots);
  return laboratory;
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
