import type { Clock } from '../lib/clock.ts';
import type { ReadText } from '../lib/config/config.ts';
import type { Kms } from '../lib/kms/cloud-kms.ts';
import type { Result } from './finding.ts';
import type { Setting } from './setting.ts';

/** What every check is handed. */
export interface Scene {
  setting: Setting;
  /** That of the configuration, or else of the credentials. */
  project: string | undefined;
  readText: ReadText;
  clock: Clock;
  kms: Kms;
  randomBytes: (size: number) => Buffer;
  /** What was found before, in order. */
  before: readonly Result[];
}

/** One area of a set-up. It looks, and changes nothing. */
export interface Check {
  title: string;
  look(scene: Scene): Promise<Result[]>;
}

/** Whether an earlier look has failed: what depends on it need not be looked at. */
export function hasFailed({ before }: Scene, check: string): boolean {
  return before.some((result) => result.check === check && result.status === 'failed');
}
