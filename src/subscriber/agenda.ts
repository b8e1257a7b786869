import type { Clock } from '../lib/clock.ts';
import { PosternError, StoreError } from '../lib/errors.ts';
import type { UserName } from '../lib/names.ts';
import type { Sealer } from '../lib/store/sealer.ts';
import type { ScheduledRequest, Store } from '../lib/store/store.ts';
import type { Log } from '../lib/telemetry/log.ts';
import type { Agenda } from './commands/command.ts';
import { toRequest } from './route.ts';
import { openWaiting } from './waiting-request.ts';

/** How much a person may have scheduled at a time. */
export const MAX_PLANNED = 100;

export interface AgendaDeps {
  store: Pick<Store, 'requests'>;
  sealer: Sealer;
  clock: Clock;
  log: Log;
}

/** What one person has scheduled, in all spaces. */
export function agendaOf({ store, sealer, clock, log }: AgendaDeps, user: UserName): Agenda {
  const scheduled = () => store.requests.listScheduled(user, { now: clock(), limit: MAX_PLANNED });

  const open = async ({ id, at, waiting }: ScheduledRequest) => {
    try {
      const interaction = await openWaiting(sealer, waiting);
      const { mentions } = toRequest(interaction);
      return [{ id, at, text: interaction.planned ?? '', mentions, space: interaction.space }];
    } catch (error) {
      // In an outage the list would say that there is less than there is.
      if (!(error instanceof PosternError) || error.retryable) throw error;
      log.error('what was scheduled can’t be read', { requestId: id, error });
      return [];
    }
  };

  return {
    isFull: async () => (await scheduled()).length >= MAX_PLANNED,
    list: async () => (await Promise.all((await scheduled()).map(open))).flat(),
    async cancel(id) {
      const answer = await store.requests.cancel(id, user, clock());
      if (answer !== 'not-yet') return answer !== 'unknown';
      throw new StoreError(
        'store_unavailable',
        'What shall be cancelled is about to be scheduled by another process. It should pass.',
      );
    },
  };
}
