import { StoreError } from '../lib/errors.ts';
import {
  type Interaction,
  interaction as interactionSchema,
} from '../lib/interactions/interaction.ts';
import type { Sealer } from '../lib/store/sealer.ts';
import type { WaitingRequest } from '../lib/store/store.ts';

/** What the ledger keeps of a request: what its event said, sealed for its person. */
export async function sealWaiting(
  sealer: Sealer,
  interaction: Interaction,
  kept: Pick<WaitingRequest, 'prompt' | 'scheduledFor' | 'traceparent'> = {},
): Promise<WaitingRequest> {
  const user = interaction.person.name;
  const context = { collection: 'requests', owner: user } as const;
  const payload = await sealer.seal(JSON.stringify(interaction), context);
  return { user, space: interaction.space.name, payload, ...kept };
}

/** @throws SealError, or StoreError when it holds something else than an interaction */
export async function openWaiting(
  sealer: Sealer,
  { user, payload }: WaitingRequest,
): Promise<Interaction> {
  const text = await sealer.open(payload, { collection: 'requests', owner: user });
  const parsed = interactionSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new StoreError(
    'store_corrupt',
    'A request that waited was written by another version of Postern, and can’t be read by this one.',
  );
}
