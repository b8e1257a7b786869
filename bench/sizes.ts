/** How much is measured. What a figure needs is decided here, so that a run's length can be told from this file. */
export interface Sizes {
  rounds: number;
  /** Bursts of 1000 events that a contestant answers before it counts. */
  warmUps: number;
  /** Between two measurements, for what the one before has left to do. In milliseconds. */
  pauseMs: number;
  /** Events of one measurement of the delay, at 50 a second. */
  delayEvents: number;
  /** Events that are followed one at a time, at 10 a second. */
  timelineEvents: number;
  /** Events of one burst, Chat answering at once. */
  burstEvents: number;
  /** Events of one burst, Chat taking 200 ms: 500 a second at the most. */
  slowEvents: number;
  /** How long Chat's quotas are enforced, in seconds, and in how many busy spaces: the more, the sooner the project's is used up. */
  quotaSeconds: number;
  quotaSpaces: number;
  /** Events that quiet spaces publish beside a flood, at 25 a second. */
  quietEvents: number;
  starts: number;
  /** Events after which the memory is looked at. */
  memoryEvents: number;
  /** Grants in the store of which nobody uses any. */
  unusedGrants: number;
  /** How long one measurement of several subscribers takes, in seconds, and with how many requests at a time each. */
  scalingSeconds: number;
  scalingConcurrencies: readonly number[];
  consents: number;
  /** `LEASE_SECONDS` of the recovery. */
  leaseSeconds: number;
}

export type SizeName = 'quick' | 'default' | 'long' | 'smoke';

const DEFAULT: Sizes = {
  rounds: 5,
  warmUps: 5,
  pauseMs: 200,
  delayEvents: 300,
  timelineEvents: 100,
  burstEvents: 5000,
  slowEvents: 4000,
  quotaSeconds: 125,
  quotaSpaces: 60,
  quietEvents: 250,
  starts: 7,
  memoryEvents: 50_000,
  unusedGrants: 100_000,
  scalingSeconds: 3,
  scalingConcurrencies: [25, 100],
  consents: 200,
  leaseSeconds: 90,
};

const QUICK: Sizes = {
  ...DEFAULT,
  rounds: 1,
  warmUps: 1,
  delayEvents: 75,
  timelineEvents: 20,
  burstEvents: 1000,
  slowEvents: 1000,
  quotaSeconds: 18,
  quotaSpaces: 180,
  quietEvents: 75,
  starts: 2,
  memoryEvents: 5000,
  unusedGrants: 5000,
  scalingSeconds: 1,
  scalingConcurrencies: [25],
  consents: 20,
  leaseSeconds: 23,
};

export const SIZES: Readonly<Record<SizeName, Sizes>> = {
  default: DEFAULT,
  quick: QUICK,
  long: { ...DEFAULT, memoryEvents: 1_000_000 },
  /** To see that it runs. Its figures say nothing. */
  smoke: {
    ...QUICK,
    warmUps: 0,
    pauseMs: 0,
    delayEvents: 20,
    timelineEvents: 10,
    burstEvents: 100,
    slowEvents: 100,
    quotaSeconds: 2,
    quotaSpaces: 60,
    quietEvents: 20,
    starts: 1,
    memoryEvents: 500,
    unusedGrants: 100,
    scalingSeconds: 1,
    consents: 2,
    leaseSeconds: 3,
  },
};
