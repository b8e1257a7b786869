import { describe } from 'node:test';
import { cancellingContract } from './contract/cancelling.ts';
import { consentContract } from './contract/consents.ts';
import { damagedContract } from './contract/damaged.ts';
import { dueContract } from './contract/due.ts';
import type { OpenFixture } from './contract/fixture.ts';
import { forgettingContract } from './contract/forgetting.ts';
import { grantContract } from './contract/grants.ts';
import { ledgerContract } from './contract/ledger.ts';
import { listingContract } from './contract/listing.ts';
import { parkingContract } from './contract/parking.ts';
import { peopleContract } from './contract/people.ts';
import { reconsentContract } from './contract/reconsent.ts';
import { replayContract } from './contract/replay.ts';
import { schedulingContract } from './contract/scheduling.ts';
import { schedulingProperties } from './contract/scheduling-properties.ts';
import { sealedContract } from './contract/sealed.ts';
import { watchingContract } from './contract/watching.ts';

/** What every store has to do. Each test gets a store of its own from `open`. */
export function describeStore(name: string, open: OpenFixture, concurrency = 1): void {
  describe(name, { concurrency }, () => {
    ledgerContract(open);
    parkingContract(open);
    dueContract(open);
    schedulingContract(open);
    cancellingContract(open);
    schedulingProperties(open);
    consentContract(open);
    grantContract(open);
    peopleContract(open);
    reconsentContract(open);
    forgettingContract(open);
    listingContract(open);
    replayContract(open);
    sealedContract(open);
    damagedContract(open);
    watchingContract(open);
  });
}
