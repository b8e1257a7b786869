import { z } from 'zod';

/** What the commands answer with `--json`, as far as tests look into it. */

const grants = z.object({
  grants: z.array(z.looseObject({ user: z.string(), keyId: z.string() })),
});
const requests = z.object({ requests: z.array(z.looseObject({ id: z.string() })) });
const rewrapped = z.object({
  key: z.string(),
  rewrapped: z.number(),
  left: z.record(z.string(), z.number()),
  unused: z.array(z.string()),
});

export const grantsIn = (answer: unknown) => grants.parse(answer).grants;

export const idsIn = (answer: unknown): string[] =>
  requests
    .parse(answer)
    .requests.map(({ id }) => id)
    .toSorted();

export const rewrapIn = (answer: unknown) => rewrapped.parse(answer);
