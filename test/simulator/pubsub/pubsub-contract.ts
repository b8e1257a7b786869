import { after, before, describe } from 'node:test';
import { clientContract } from './contract-clients.ts';
import { deliveryContract } from './contract-delivery.ts';
import { resourceContract } from './contract-resources.ts';
import type { PubSubUnderTest } from './under-test.ts';

export interface ContractOptions {
  start(): Promise<PubSubUnderTest>;
  /** Run the tests side by side: for a server whose time can't be turned. */
  concurrency: boolean;
}

/** What Postern relies on in Pub/Sub, seen through Google's own client. */
export function pubSubContract(name: string, { start, concurrency }: ContractOptions): void {
  describe(name, { concurrency }, () => {
    let server: PubSubUnderTest;
    before(async () => {
      server = await start();
    });
    after(() => server.stop());

    deliveryContract(() => server);
    clientContract(() => server);
    resourceContract(() => server);
  });
}
