import { setTimeout as delay } from 'node:timers/promises';
import { startPubSubEmulator } from '../../support/emulators.ts';
import { pubSubContract } from './pubsub-contract.ts';

pubSubContract("Google's Pub/Sub emulator", {
  concurrency: true,
  async start() {
    const emulator = await startPubSubEmulator();
    return { ...emulator, pass: (milliseconds) => delay(milliseconds) };
  },
});
