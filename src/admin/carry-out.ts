import type { Desks } from './desk.ts';
import { listGrants, revokeGrantOf } from './grants.ts';
import type { Invocation } from './invocation.ts';
import { purgeGrants } from './purge.ts';
import { forgetRequest, listRequests, replayRequest, showRequest } from './requests.ts';
import type { Result } from './result.ts';
import { rewrap } from './rewrap.ts';

/** Does it, once. @throws whatever it is that doesn't work */
export async function carryOut(
  { command, yes }: Invocation,
  { atDesk, atGrantsDesk, atKeysDesk }: Desks,
  signal: AbortSignal,
): Promise<Result> {
  switch (command.name) {
    case 'grants list':
      return atDesk((desk) => listGrants(desk, signal));
    case 'grants revoke':
      return atGrantsDesk((desk) => revokeGrantOf(desk, command.person, yes, signal));
    case 'grants purge':
      return atGrantsDesk((desk) => purgeGrants(desk, command.unusedForDays, yes, signal));
    case 'requests list':
      return atDesk((desk) => listRequests(desk, command.which, signal));
    case 'requests show':
      return atDesk((desk) => showRequest(desk, command.id));
    case 'requests replay':
      return atDesk((desk) => replayRequest(desk, command.id, yes, signal));
    case 'requests forget':
      return atDesk((desk) => forgetRequest(desk, command.id, yes, signal));
    case 'keys rewrap':
      return atKeysDesk((desk) => rewrap(desk, signal));
  }
}
