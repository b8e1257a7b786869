import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Google } from '../../simulator/google.ts';
import { openSqliteStore } from '../../src/lib/store/sqlite/sqlite-store.ts';
import type { Ground, GroundPubSub, GroundStore } from './ground.ts';

export function simulatorGround(): Ground {
  return { stage: {}, pubsub: simulatedPubSub, store: sqliteStore, close: () => Promise.resolve() };
}

/** The Pub/Sub that every simulated Google has. */
export const simulatedPubSub: GroundPubSub = {
  host: ({ pubsubHost }) => pubsubHost,
  publish: ({ pubsub, topic }, data) => Promise.resolve(pubsub.publish(topic, data)),
  isAcked: (google, published) => leftOf(google, published) === undefined,
  left: (google, published) => Promise.resolve(leftOf(google, published)),
  isDisturbedByPulls: false,
};

/** The stage's own file. */
const sqliteStore: GroundStore = {
  proxy: undefined,
  open: ({ folder }) => Promise.resolve(openSqliteStore({ path: join(folder, 'postern.sqlite') })),
  text: ({ folder }) =>
    Promise.resolve(
      readdirSync(folder)
        .filter((name) => name.startsWith('postern.sqlite'))
        .map((name) => readFileSync(join(folder, name), 'latin1'))
        .join('\n'),
    ),
};

function leftOf({ pubsub, subscription }: Google, published: number): string | undefined {
  const { waiting, delayed, leased, acknowledged, deadLettered } = pubsub.backlog(subscription);
  if (waiting + delayed + leased === 0 && acknowledged + deadLettered >= published) return;
  return `${waiting} waiting, ${delayed} delayed, ${leased} leased, ${acknowledged} of ${published} acked`;
}
