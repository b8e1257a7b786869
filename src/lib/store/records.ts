import { z } from 'zod';
import { StoreError } from '../errors.ts';
import { messageName, requestId, spaceName, userName } from '../names.ts';
import { traceparent } from '../telemetry/traceparent.ts';
import type { Sealed } from './sealer.ts';

/**
 * What the stores hold, and the parsers that every record goes through when it is read: a store may have been changed by
 * hand, restored from a backup, or written by another version.
 */

/** An encrypted data key has some 150 characters; no more than this is sent to Cloud KMS. */
const SEALED = /^(v1\.[a-z0-9-]{1,32}|v2\.[a-z0-9-]{1,32}\.[\w-]{1,1024})\.[\w-]+$/;

/** @see Sealed */
export const sealed = z.custom<Sealed>(
  (value) => typeof value === 'string' && SEALED.test(value),
  'not a sealed value',
);

const time = z.int().nonnegative();
const scopes = z.array(z.string());

export const grantRecord = z.object({
  user: userName,
  refreshToken: sealed,
  scopes,
  email: z.string().optional(),
  grantedAt: time,
  version: z.int().positive(),
  /** Absent from what a Postern wrote that noted no uses. */
  lastUsedAt: time.optional(),
});

export const consentRecord = z.object({
  ticketHash: z.string().regex(/^[0-9a-f]{64}$/),
  user: userName,
  space: spaceName,
  requestId,
  scopes,
  verifier: sealed,
  nonce: sealed,
  status: z.enum(['pending', 'used']),
  createdAt: time,
  expiresAt: time,
  traceparent: traceparent.optional(),
});

const waitingRequest = z.object({
  user: userName,
  space: spaceName,
  payload: sealed,
  prompt: messageName.optional(),
  scheduledFor: time.optional(),
  replayed: z.literal(true).optional(),
  traceparent: traceparent.optional(),
});

const common = { failures: z.int().nonnegative(), expiresAt: time };

/** A request of the ledger, without its id. What may follow what is decided in ledger-rules.ts. */
export const requestRecord = z.discriminatedUnion('state', [
  z.object({
    ...common,
    state: z.literal('running'),
    lease: z.object({ token: z.string().min(1), until: time }),
    waited: waitingRequest.optional(),
  }),
  /** Handed back: the next delivery takes it. */
  z.object({ ...common, state: z.literal('released'), waited: waitingRequest.optional() }),
  /** Awaits a consent, since then. */
  z.object({ ...common, state: z.literal('waiting'), waited: waitingRequest, since: time }),
  /** Awaits its hour: nobody but the relay, and not before `dueAt`, makes it due. */
  z.object({
    ...common,
    state: z.literal('scheduled'),
    waited: waitingRequest.extend({ scheduledFor: time }),
    dueAt: time,
  }),
  /** The relay publishes it at `dueAt`, and again a while later: since when it is due is another time. */
  z.object({
    ...common,
    state: z.literal('due'),
    waited: waitingRequest,
    dueAt: time,
    /** Absent from what an earlier Postern wrote. */
    dueSince: time.optional(),
  }),
  /** Ended. `waited` is what was kept for a replay. */
  z.object({
    ...common,
    state: z.literal('done'),
    outcome: z.enum(['answered', 'refused', 'failed', 'forgotten', 'cancelled']),
    /** Absent from what an earlier Postern wrote. */
    endedAt: time.optional(),
    waited: waitingRequest.optional(),
  }),
]);
export type RequestRecord = z.infer<typeof requestRecord>;
export type RunningRequest = Extract<RequestRecord, { state: 'running' }>;
export type DueRecord = Extract<RequestRecord, { state: 'due' }>;

export const personRecord = z.object({ user: userName, timeZone: z.string().min(1) });

/** @throws StoreError `store_corrupt`, naming the fields but not their values */
export function parseRecord<Schema extends z.ZodType>(
  schema: Schema,
  collection: 'grants' | 'consents' | 'requests' | 'people',
  value: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = new Set(parsed.error.issues.map((issue) => issue.path.join('.') || 'the record'));
  throw new StoreError(
    'store_corrupt',
    `A record in "${collection}" is not as Postern writes it (${[...fields].join(', ')}). Restore or delete it; ` +
      'if the store was written by a newer Postern, run that version.',
  );
}
