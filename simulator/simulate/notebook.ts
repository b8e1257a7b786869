import { z } from 'zod';
import type { Call } from '../chat/call-log.ts';
import { lineOf } from '../log-line.ts';
import type { StoredMessage } from '../world/state.ts';
import type { AppRun } from './app-run.ts';
import { cardLines } from './card-lines.ts';
import { readLedger } from './ledger.ts';
import type { Report, ReportedCall, ReportedMessage } from './report.ts';

/** What the app logs of each delivery. */
const eventLine = z.object({
  message: z.literal('event'),
  outcome: z.string(),
  reason: z.string().optional(),
});
const troubleLine = z.looseObject({
  service: z.string(),
  severity: z.enum(['WARNING', 'ERROR']),
  message: z.string(),
});

/** Notes what is there already, so that the report has only what comes. */
export function openNotebook({ google, database, output }: AppRun): {
  report(head: Pick<Report, 'dialect' | 'kind' | 'person' | 'space' | 'settled'>): Report;
} {
  const { world, calls } = google;
  const messagesNow = (): StoredMessage[] =>
    world.spaces().flatMap(({ resource }) => world.messages(resource.name));
  const known = new Set(messagesNow());
  const requestsBefore = new Set(readLedger(database).map(({ id }) => id));
  const callsBefore = calls.calls().length;
  const linesBefore = output.length;

  const nameOf = (userName: string): string => world.user(userName)?.displayName ?? userName;
  const reportCall = ({ method, principal = 'nobody', resource, status }: Call): ReportedCall => ({
    method,
    as: principal.startsWith('users/') ? nameOf(principal) : principal,
    resource,
    status,
  });
  const reportMessage = ({ resource, via, seenBy }: StoredMessage): ReportedMessage => {
    const space = world
      .spaces()
      .find(({ messages }) => messages.some((one) => one.resource === resource));
    const seers = seenBy === undefined ? (space?.members ?? []) : [seenBy];
    const people = seers.filter((name) => world.user(name)?.type === 'HUMAN');
    return {
      name: resource.name,
      from: resource.sender.displayName,
      ...(via !== undefined && resource.sender.type === 'HUMAN'
        ? { via: world.app.displayName }
        : {}),
      seenBy: people.map(nameOf),
      isPrivate: seenBy !== undefined,
      text: resource.text ?? '',
      card: (resource.cardsV2 ?? []).flatMap(({ card }) => cardLines(card ?? {})),
    };
  };

  return {
    report(head) {
      const lines = output.slice(linesBefore).map(lineOf);
      return {
        ...head,
        outcomes: lines.flatMap((line) => {
          const { data } = eventLine.safeParse(line);
          if (data === undefined) return [];
          const { outcome, reason } = data;
          return [{ outcome, ...(reason === undefined ? {} : { reason }) }];
        }),
        ledger: readLedger(database)
          .filter(({ id }) => !requestsBefore.has(id))
          .map(({ state, outcome, failures }) => ({ state, outcome, failures })),
        calls: calls.calls().slice(callsBefore).map(reportCall),
        messages: messagesNow()
          .filter((message) => message.via !== undefined && !known.has(message))
          .map(reportMessage),
        log: lines.flatMap((line) => troubleLine.safeParse(line).data ?? []),
      };
    },
  };
}
