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
