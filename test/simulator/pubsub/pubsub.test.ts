import { startPubSub } from '../../../simulator/pubsub/server.ts';
import { FakeTimers } from './fake-timers.ts';
import { pubSubContract } from './pubsub-contract.ts';

pubSubContract('The embedded Pub/Sub', {
  concurrency: false,
  async start() {
    const timers = new FakeTimers();
    const { host, stop } = await startPubSub({ timers });
    return { host, stop, pass: async (milliseconds) => timers.advance(milliseconds) };
  },
});
