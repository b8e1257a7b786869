import { type ErrorCode, PosternError } from '../lib/errors.ts';
import type { RequestId } from '../lib/names.ts';
import type { Log } from '../lib/telemetry/log.ts';
import { isOutage } from './private-replies.ts';

/**
 * Tells a person what became of their request, if Chat lets us: there is nobody left to tell otherwise.
 *
 * @returns the outage for which it has to be told later; undefined when it was told, or can't be
 */
export async function telling(
  log: Log,
  requestId: RequestId,
  tell: () => Promise<unknown>,
): Promise<ErrorCode | undefined> {
  try {
    await tell();
    return undefined;
  } catch (error) {
    log.warn('the person could not be told', { requestId, error });
    return error instanceof PosternError && isOutage(error) ? error.code : undefined;
  }
}
