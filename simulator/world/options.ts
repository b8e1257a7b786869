import type { Clock } from '../../src/lib/clock.ts';
import type { Dialect } from '../events/happening.ts';
import type { Dialects } from '../journal/entry.ts';
import type { Snapshot } from '../snapshot.ts';
import type { ConfiguredCommand, SimulatedApp } from '../world.ts';

export interface WorldOptions {
  snapshot: Snapshot;
  clock: Clock;
  /** Where Chat publishes the app's events: `data` is the body of the Pub/Sub message, and one of those in `dialects`. */
  publish: (event: { data: unknown; dialects: Dialects }) => void | Promise<void>;
  /** Its full path, `projects/{project}/topics/{topic}`. */
  topic: string;
  /** Asked anew for every event. */
  dialect: () => Dialect;
  /** What the app under test is on the Chat API page. Default: Postern, without commands. */
  app?: Partial<SimulatedApp> & {
    slashCommands?: readonly ConfiguredCommand[];
    quickCommands?: readonly ConfiguredCommand[];
  };
}
