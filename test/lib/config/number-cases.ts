/** What `CHAT_WRITES_PER_MINUTE` may be, and may not. */
export const WRITES_PER_MINUTE = {
  byDefault: 3000,
  good: [
    ['1', 1],
    ['1500', 1500],
    ['100000', 100_000],
  ],
  bad: ['0', '100001', '12.5', 'many'],
} as const;

/** What `CHAT_WRITES_PER_SECOND_AND_SPACE` may be, and may not. */
export const WRITES_PER_SECOND_AND_SPACE = {
  byDefault: 1,
  good: [
    ['0.05', 0.05],
    ['0.5', 0.5],
    ['10', 10],
  ],
  bad: ['0', '0.04', '10.1', '.5', '0.333', '1/2', '1e1'],
} as const;

/** What `LEASE_SECONDS` may be, and may not. In milliseconds. */
export const LEASE_SECONDS = {
  byDefault: 90_000,
  good: [
    ['3', 3000],
    ['600', 600_000],
  ],
  bad: ['2', '601', '1.5', '-3', 'soon'],
} as const;

/** What `DRAIN_SECONDS` may be, and may not. In milliseconds. */
export const DRAIN_SECONDS = {
  byDefault: 25_000,
  good: [['1', 1000]],
  bad: ['0', '601', '1.5'],
} as const;

/** What `RECONNECT_SECONDS` may be, and may not. In milliseconds. */
export const RECONNECT_SECONDS = {
  byDefault: 300_000,
  good: [['86400', 86_400_000]],
  bad: ['0', '86401', '1.5'],
} as const;

/** What `MAX_CONCURRENCY` may be, and may not. */
export const MAX_CONCURRENCY = {
  byDefault: 100,
  good: [['1000', 1000]],
  bad: ['0', '1001', 'many'],
} as const;
