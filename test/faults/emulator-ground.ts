import { startFirestoreEmulator, startPubSubEmulator } from '../support/emulators.ts';
import { emulatedPubSub } from './emulated-pubsub.ts';
import { DATABASE, emulatedStore } from './emulated-store.ts';
import type { Ground } from './ground.ts';
import { simulatedPubSub } from './simulator-ground.ts';

/** Google's emulators, for any number of runs: each has projects of its own. */
export interface Emulators {
  /** @param pubsub the simulator's where the emulator can't do what is asked of it; Firestore is the emulator's in any case */
  ground(pubsub: 'emulated' | 'simulated'): Promise<Ground>;
  stop(): Promise<void>;
}

export async function startEmulators(): Promise<Emulators> {
  const [pubsub, firestore] = await Promise.all([startPubSubEmulator(), startFirestoreEmulator()]);
  // Google's clients know an emulator by these variables only, and look for credentials elsewhere unless told not to.
  process.env['PUBSUB_EMULATOR_HOST'] = pubsub.host;
  process.env['FIRESTORE_EMULATOR_HOST'] = firestore.host;
  process.env['METADATA_SERVER_DETECTION'] = 'none';
  let runs = 0;
  return {
    async ground(whose) {
      runs += 1;
      const project = `postern-lab-${runs}`;
      const store = await emulatedStore(firestore.host, project);
      const emulated =
        whose === 'emulated' ? await emulatedPubSub(pubsub.host, project) : undefined;
      return {
        stage: {
          project,
          store: `firestore:${DATABASE}`,
          environment: { FIRESTORE_EMULATOR_HOST: store.proxy.host },
        },
        pubsub: emulated ?? simulatedPubSub,
        store,
        async close() {
          await Promise.all([emulated?.close(), store.proxy.stop()]);
        },
      };
    },
    async stop() {
      await Promise.all([pubsub.stop(), firestore.stop()]);
    },
  };
}
