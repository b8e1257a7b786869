import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { minutes } from '../../src/lib/clock.ts';
import type { GroundName } from './ground.ts';
import { DRAIN_MS, type Ending, type Laboratory } from './laboratory.ts';
import type { Schedule, Strike } from './schedule.ts';
import { takeWriteLock } from './write-lock.ts';

/** Something that goes wrong, again and again, while people ask. */
export interface Fault {
  /** For the table. */
  readonly what: string;
  /** The only ground that allows it. Absent: both do. */
  readonly only?: GroundName;
  /**
   * It takes the simulator's Pub/Sub on both grounds: Google's emulator ends no stream and loses no ack, and goes on giving
   * messages to streams whose connection is gone.
   */
  readonly pubsub?: 'simulated';
  begin?(laboratory: Laboratory, schedule: Schedule): Promise<void> | void;
  /** Fulfils when this one strike is over. */
  strike?(laboratory: Laboratory, strike: Strike): Promise<void> | void;
  /** From now on everything goes well. */
  end?(laboratory: Laboratory): Promise<void> | void;
}

const killed: Ending = (subscriber) => subscriber.kill();
const stopped: Ending = (subscriber) => subscriber.stop(DRAIN_MS);
const ahead = (ms: number, force: number): number => Math.round(ms * force);

export const FAULTS = {
  'kill-9': {
    what: 'subscribers killed by SIGKILL and started anew, in a loop',
    pubsub: 'simulated',
    strike: ({ replace }, { slot }) => replace(slot, killed),
  },
  'killed-at-start': {
    what: 'subscribers killed by SIGKILL, and again while they start',
    pubsub: 'simulated',
    async strike({ replace }, { slot, force }) {
      const environment = {
        NODE_OPTIONS: preload('early-death'),
        POSTERN_TEST_DEATH_MS: String(ahead(1500, force)),
      };
      // It may have been ready before it died; then the next one replaces what is dead.
      await replace(slot, killed, environment).catch(() => {});
      await replace(slot, killed);
    },
  },
  'rolling-restart': {
    what: 'subscribers stopped by SIGTERM and started anew, as a deployment does',
    strike: ({ replace }, { slot }) => replace(slot, stopped),
  },
  'duplicates-x100': {
    what: 'each event published 100 times',
    begin: ({ bringBy }) =>
      bringBy((publish) => {
        for (let copy = 0; copy < 100; copy++) publish();
      }),
  },
  reordered: {
    what: 'each event late by up to three seconds, and so out of order',
    begin({ bringBy }, { strikes, asked }) {
      const forces = [...strikes.flat(), ...strikes.flat()].map(({ force }) => force);
      let nth = asked.length;
      bringBy((publish) => {
        nth += 1;
        setTimeout(publish, ahead(3000, forces[nth % forces.length] ?? 0));
      });
    },
    end: ({ bringBy }) => bringBy((publish) => publish()),
  },
  redelivered: {
    what: 'each event delivered again, though it was acked',
    pubsub: 'simulated',
    strike({ stage, published }) {
      const { pubsub, subscription } = stage.google;
      for (const id of published) pubsub.deliverAgain(subscription, id);
    },
  },
  'lost-acks': {
    what: 'acks and new deadlines lost on the way to Pub/Sub, for up to four seconds at a time',
    pubsub: 'simulated',
    strike: loseAcks,
  },
  'streams-ended': {
    what: 'Pub/Sub ends all streams',
    pubsub: 'simulated',
    strike: ({ stage: { google } }) => google.pubsub.endStreams(google.subscription),
  },
  'connections-cut': {
    what: 'all connections to Pub/Sub cut',
    pubsub: 'simulated',
    strike: ({ proxy }) => proxy.cut(),
  },
  'half-open': {
    what: 'connections to Pub/Sub swallow every byte and stay open; half of the time new ones, too',
    pubsub: 'simulated',
    async strike({ proxy }, { force }) {
      proxy.swallow(force < 0.5 ? 'too' : undefined);
      await wait(ahead(4000, force));
      proxy.passOn();
    },
    end: ({ proxy }) => proxy.passOn(),
  },
  'store-locked': {
    what: 'the store takes no write, for up to five seconds at a time',
    only: 'simulator',
    async strike({ stage }, { force }) {
      const unlock = await takeWriteLock(join(stage.folder, 'postern.sqlite'));
      await wait(ahead(5000, force));
      unlock();
    },
  },
  'store-down': {
    what: 'all connections to the store cut, and new ones at once, for up to five seconds at a time',
    only: 'emulators',
    async strike({ ground }, { force }) {
      const until = Date.now() + ahead(5000, force);
      do {
        ground.store.proxy?.cut();
        await wait(20);
      } while (Date.now() < until);
    },
  },
  'store-half-open': {
    what: 'connections to the store swallow every byte and stay open; half of the time new ones, too',
    only: 'emulators',
    async strike({ ground }, { force }) {
      ground.store.proxy?.swallow(force < 0.5 ? 'too' : undefined);
      await wait(ahead(4000, force));
      ground.store.proxy?.passOn();
    },
    end: ({ ground }) => ground.store.proxy?.passOn(),
  },
  'clock-ahead': clock(minutes(10), 'ahead of the others, of Pub/Sub and of Google'),
  'clock-behind': clock(-minutes(10), 'behind the others, Pub/Sub and Google'),
  'chat-429': {
    what: 'Chat answers 429 with Retry-After, ten calls at a time',
    strike: ({ stage }, { force }) =>
      stage.google.chatFaults.failNext({
        status: 429,
        retryAfterSeconds: ahead(4, force),
        times: 10,
      }),
    end: allIsWell,
  },
  'chat-429-bare': {
    what: 'Chat answers 429 without Retry-After, ten calls at a time',
    strike: ({ stage }) => stage.google.chatFaults.failNext({ status: 429, times: 10 }),
    end: allIsWell,
  },
  'chat-5xx': {
    what: 'Chat answers 500 or 503, up to 20 calls at a time',
    strike: ({ stage }, { force }) =>
      stage.google.chatFaults.failNext({
        status: force < 0.5 ? 500 : 503,
        times: 1 + ahead(20, force),
      }),
    end: allIsWell,
  },
  'answers-lost': {
    what: 'Chat carries out a call and its answer is lost, up to ten at a time',
    strike: ({ stage }, { force }) =>
      stage.google.chatFaults.failNext({ after: 'commit', times: 1 + ahead(10, force) }),
    end: allIsWell,
  },
  'chat-slow': {
    what: 'Chat answers up to four seconds late, five calls at a time: later than an attempt may take',
    strike: ({ stage }, { force }) =>
      stage.google.chatFaults.delayNext({ ms: ahead(4000, force), times: 5 }),
    end: allIsWell,
  },
  'no-tokens': {
    what: 'the token endpoint answers 503, never, or its answer is lost; subscribers anew, without a token',
    async strike({ stage, replace }, { slot, force }) {
      const how = (['unavailable', 'hang', 'lose-answer'] as const)[Math.floor(force * 3)];
      stage.google.accounts.faults.token(how ?? 'hang', 2);
      await replace(slot, stopped);
    },
    end: ({ stage }) => stage.google.accounts.faults.clear(),
  },
  'all-at-once': {
    what: 'SIGKILL, each event three times, 5xx, lost answers, connections cut and lost acks together',
    pubsub: 'simulated',
    begin: ({ bringBy }) =>
      bringBy((publish) => {
        for (let copy = 0; copy < 3; copy++) publish();
      }),
    async strike(laboratory, strike) {
      const { chatFaults } = laboratory.stage.google;
      const times = 1 + ahead(5, strike.force);
      chatFaults.failNext({ after: 'commit', times });
      chatFaults.failNext({ status: 503, times });
      laboratory.proxy.cut();
      await Promise.all([loseAcks(laboratory, strike), laboratory.replace(strike.slot, killed)]);
    },
    end: allIsWell,
  },
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof FAULTS;

export function faultNamed(name: FaultName): Fault {
  return FAULTS[name];
}

export const FAULT_NAMES: readonly FaultName[] = Object.keys(FAULTS).filter(isFaultName);

/** Those that a ground allows. */
export function faultsOn(ground: GroundName): FaultName[] {
  return FAULT_NAMES.filter((name) => {
    const { only }: Fault = FAULTS[name];
    return only === undefined || only === ground;
  });
}

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(FAULTS, name);
}

async function loseAcks({ stage }: Laboratory, { force }: Strike): Promise<void> {
  const hear = stage.google.pubsub.loseAcks(stage.google.subscription);
  await wait(ahead(4000, force));
  hear();
}

/** One subscriber after the other lives at another time, until the end. */
function clock(shiftMs: number, way: string): Fault {
  const environment = {
    NODE_OPTIONS: preload('shifted-clock'),
    POSTERN_TEST_CLOCK_MS: String(shiftMs),
  };
  return {
    what: `clocks of subscribers ten minutes ${way}`,
    strike: ({ replace }, { slot }) => replace(slot, stopped, environment),
    async end({ replace }) {
      await Promise.all([0, 1, 2].map((slot) => replace(slot, stopped)));
    },
  };
}

function allIsWell({ stage }: Laboratory): void {
  stage.google.chatFaults.clear();
}

function preload(name: string): string {
  return `--import=${new URL(`preload/${name}.ts`, import.meta.url).href}`;
}
