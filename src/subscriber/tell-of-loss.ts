import { PosternError } from '../lib/errors.ts';
import type { RequestId } from '../lib/names.ts';
import type { WaitingRequest } from '../lib/store/store.ts';
import type { Log } from '../lib/telemetry/log.ts';
import { isOutage, type PrivateReplies } from './private-replies.ts';
import { toRequest } from './route.ts';

export interface TellOfLossDeps {
  replies: PrivateReplies;
  log: Log;
  attemptSignal: () => AbortSignal;
}

/**
 * Says sorry for a request whose payload can't be read any more: its key is gone, say. The ledger still tells whose it was, and
 * where; not their language, nor whether that is a direct message, which the reply finds out.
 *
 * @returns false when they have to be told later: Chat can't be reached
 */
export async function tellOfLoss(
  { replies, log, attemptSignal }: TellOfLossDeps,
  requestId: RequestId,
  { user, space }: WaitingRequest,
): Promise<boolean> {
  const request = toRequest({
    // As of an event in which nothing was written.
    kind: 'removed',
    dialect: 'classic',
    requestId,
    person: { name: user },
    space: { name: space, kind: 'room' },
  });
  const { apology } = request.language.words;
  try {
    await replies.send(request, { text: apology }, 'apology', attemptSignal());
    return true;
  } catch (error) {
    log.warn('the person could not be told', { requestId, error });
    return !(error instanceof PosternError && isOutage(error));
  }
}
