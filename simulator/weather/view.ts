import type { Accounts } from '../accounts/accounts.ts';
import type { PubSubServer } from '../pubsub/server.ts';
import type { World } from '../world.ts';
import { CONDITIONS, type Condition, type Copies, type Duration, type Skies } from './skies.ts';
import type { SubscriberControl, SubscriberStatus } from './subscriber-control.ts';
import type { Counter, Tally } from './tally.ts';

/** What the page looks at, and what it does things to. */
export interface Scenery {
  skies: Skies;
  counter: Counter;
  world: World;
  accounts: Accounts;
  pubsub: PubSubServer;
  /** Full names of the subscriptions that the app pulls, that with Chat's events first. */
  subscriptions: readonly [string, ...string[]];
  /** Absent where the simulator didn't start it. */
  subscriber?: SubscriberControl | undefined;
}

/** Everything that the page shows. */
export interface WeatherView {
  appName: string;
  /** Those that are on. */
  conditions: Partial<Record<Condition, Duration>>;
  copies: Copies;
  spaces: { name: string; title: string; hasApp: boolean }[];
  people: { name: string; displayName: string; hasGranted: boolean }[];
  /** How many streams of the app are open. */
  streams: number;
  /** Absent where the page can do nothing about it. */
  subscriber?: SubscriberStatus;
  tally: Tally;
}

export function weatherView(scenery: Scenery): WeatherView {
  const { skies, counter, world, accounts, pubsub, subscriptions, subscriber } = scenery;
  const status = subscriber?.status();
  const backlogs = subscriptions.map((name) => pubsub.backlog(name));
  return {
    appName: world.app.displayName,
    conditions: conditionsOf(skies),
    copies: skies.copies,
    spaces: spacesOf(world),
    people: world.people.map(({ id, displayName }) => ({
      name: `users/${id}`,
      displayName,
      hasGranted: accounts.hasGranted(`users/${id}`),
    })),
    streams: backlogs.reduce((sum, { consumers }) => sum + consumers, 0),
    ...(status === undefined ? {} : { subscriber: status }),
    tally: counter.count(world, pubsub.backlog(subscriptions[0])),
  };
}

function conditionsOf(skies: Skies): WeatherView['conditions'] {
  return Object.fromEntries(
    CONDITIONS.flatMap((condition) => {
      const duration = skies.duration(condition);
      return duration === undefined ? [] : [[condition, duration]];
    }),
  );
}

/** Those with people in them. */
function spacesOf(world: World): WeatherView['spaces'] {
  const app = `users/${world.app.id}`;
  return world.spaces().map(({ resource, members }) => {
    const people = world.people.filter(({ id }) => members.includes(`users/${id}`));
    const names = people.map(({ displayName }) => displayName).join(' and ');
    const isDirect = resource.spaceType === 'DIRECT_MESSAGE';
    return {
      name: resource.name ?? '',
      title: isDirect ? `Direct message of ${names}` : (resource.displayName ?? ''),
      hasApp: members.includes(app),
    };
  });
}
