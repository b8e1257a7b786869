import type { ErrorCode } from '../lib/errors.ts';
import type { RequestId } from '../lib/names.ts';
import type { WaitingRequest } from '../lib/store/store.ts';
import type { Log } from '../lib/telemetry/log.ts';
import type { PrivateReplies } from './private-replies.ts';
import { toRequest } from './route.ts';
import { telling } from './telling.ts';

export interface TellOfLossDeps {
  replies: PrivateReplies;
  log: Log;
  attemptSignal: () => AbortSignal;
}

/**
 * Says sorry for a request whose payload can't be read any more: its key is gone, say. The ledger still tells whose it was, and
 * where; not their language, nor whether that is a direct message, which the reply finds out.
 *
 * @returns the outage for which they have to be told later, if any
 */
export async function tellOfLoss(
  { replies, log, attemptSignal }: TellOfLossDeps,
  requestId: RequestId,
  { user, space }: WaitingRequest,
): Promise<ErrorCode | undefined> {
  const request = toRequest({
    // As of an event in which nothing was written.
    kind: 'removed',
    dialect: 'classic',
    requestId,
    person: { name: user },
    space: { name: space, kind: 'room' },
  });
  const { apology } = request.language.words;
  return await telling(log, requestId, () =>
    replies.send(request, { text: apology }, 'apology', attemptSignal()),
  );
}
