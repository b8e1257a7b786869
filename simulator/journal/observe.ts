import type { RequestHandler } from 'express';
import type { Clock } from '../../src/lib/clock.ts';
import type { Authenticate } from '../principal.ts';
import type { Watch } from '../pubsub/watch.ts';
import type { Dialects } from './entry.ts';
import { createJournal, type Journal } from './journal.ts';
import { ledgerFile } from './ledger.ts';
import { createTies } from './ties.ts';
import { watchAccounts } from './watch-accounts.ts';
import { watchChat } from './watch-chat.ts';
import { watchLedger } from './watch-ledger.ts';
import { type KeptMessage, watchPubSub } from './watch-pubsub.ts';

/** A journal, and what has to be hooked in for it to be written. */
export interface Observatory {
  journal: Journal;
  /** For Pub/Sub. */
  onMessage: Watch;
  /** Chat is about to publish this: what it would be in each dialect. */
  expect(data: string, dialects: Dialects): void;
  /** To be mounted before Chat's API and the accounts. */
  onRequest(authenticate: Authenticate): RequestHandler[];
  /** A message that was published, with the secret that it carries. */
  message(id: string): KeptMessage | undefined;
  /** Somebody looks, until the returned function is called. */
  attend(): () => void;
  stop(): void;
}

interface ObservatoryOptions {
  clock: Clock;
  /** The full name of the topic that other systems publish to. */
  notifications: string;
  /** The app's SQLite file, if it has one. */
  ledger: string | undefined;
}

/** Looks on at the whole of the simulator, and at the app's ledger. It changes nothing. */
export function createObservatory({
  clock,
  notifications,
  ledger,
}: ObservatoryOptions): Observatory {
  const journal = createJournal();
  const ties = createTies();
  const { isBusy } = ties;
  const watched =
    ledger === undefined
      ? undefined
      : watchLedger({ journal, ledger: ledgerFile(ledger), clock, isBusy });
  const look = (): void => watched?.look();
  const pubsub = watchPubSub({ journal, ties, clock, notifications, look });
  return {
    journal,
    onMessage: pubsub.watch,
    expect: pubsub.expect,
    onRequest(authenticate) {
      const running = watched?.running ?? (() => undefined);
      const deps = { journal, ties, clock, authenticate, running };
      return [watchAccounts(deps), watchChat(deps)];
    },
    message: pubsub.message,
    attend: watched?.attend ?? (() => () => {}),
    stop: () => watched?.stop(),
  };
}
