import { AdminError } from '../lib/errors.ts';
import type { RequestId } from '../lib/names.ts';
import type {
  Forgetting,
  LedgerEntry,
  Page,
  Replay,
  RequestFilter,
} from '../lib/store/administration.ts';
import { confirm } from './confirm.ts';
import { type Corrupt, corruptLines } from './corrupt.ts';
import type { Desk } from './desk.ts';
import { pagesOf } from './pages.ts';
import { type Result, table, timeOf } from './result.ts';
import { FILTERS } from './words.ts';

/** @param which all but what was simply answered, unless given */
export async function listRequests(
  { store: { administration }, clock }: Desk,
  which: RequestFilter | undefined,
  signal: AbortSignal,
): Promise<Result> {
  const { answered: _, ...others } = FILTERS;
  const entries: LedgerEntry[] = [];
  const corrupt: Corrupt[] = [];
  for (const filter of which === undefined ? Object.values(others) : [which]) {
    const pages = pagesOf(
      (page: Page) => administration.listRequests(filter, page),
      { collection: 'requests', corrupt },
      signal,
    );
    for await (const page of pages) {
      entries.push(...page.filter(({ expiresAt }) => expiresAt > clock()));
    }
  }
  const lines = entries.length === 0 ? ['There are none.'] : tableOf(entries);
  return {
    lines: [...lines, ...corruptLines(corrupt)],
    data: { requests: entries.map(describe), corrupt },
    incomplete: corrupt.length > 0,
  };
}

function tableOf(entries: readonly LedgerEntry[]): string[] {
  const head = ['request', 'state', 'failures', 'since or at', 'person', 'space'];
  const rows = entries.map((entry) => [
    entry.id,
    entry.outcome ?? entry.state,
    String(entry.failures),
    timeOf(entry.endedAt ?? entry.dueAt ?? entry.since) ?? '-',
    entry.kept?.user ?? '-',
    entry.kept?.space ?? '-',
  ]);
  return table(head, rows);
}

export async function showRequest(desk: Desk, id: RequestId): Promise<Result> {
  const data = describe(await find(desk, id));
  const lines = Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}`);
  return { lines, data };
}

/** Through the ledger: the relay of any subscriber publishes it, within a second. */
export async function replayRequest(
  desk: Desk,
  id: RequestId,
  yes: boolean,
  signal: AbortSignal,
): Promise<Result> {
  const entry = await find(desk, id);
  if (entry.kept !== undefined && MAY_BE_REPLAYED.has(entry.outcome ?? entry.state)) {
    const { user, space } = entry.kept;
    const when = entry.endedAt === undefined ? '' : `, given up at ${timeOf(entry.endedAt)}`;
    const question = `Carry out what ${user} asked for in ${space}${when}?`;
    await confirm(desk.terminal, { question, yes }, signal);
  }
  const answer = await desk.store.administration.replay(id, desk.clock());
  if (answer !== 'due' && answer !== 'due-already') {
    throw new AdminError('admin_not_possible', NOT_REPLAYED[answer]);
  }
  const line =
    answer === 'due'
      ? 'It is due: a subscriber carries it out within seconds, or as soon as one runs.'
      : 'It is due already: a subscriber carries it out as soon as one runs.';
  return { lines: [line], data: { id, state: 'due', already: answer === 'due-already' } };
}

const MAY_BE_REPLAYED: ReadonlySet<string> = new Set(['failed', 'released', 'running']);

const UNKNOWN =
  'There is no such request. They are kept for 32 days, or a day while they wait for a consent: see requests list.';

const NOT_REPLAYED: Readonly<Record<Exclude<Replay, 'due' | 'due-already'>, string>> = {
  ended: 'This request has ended otherwise than by being given up: a replay would do it again.',
  'nothing-kept':
    'What was asked for is not kept here. If it was handed back, Pub/Sub still has it and delivers it again; if not, its person has to ask again.',
  'in-progress': 'A subscriber works on it. Wait a minute or two, and look at requests show.',
  'awaits-consent': 'It awaits its person’s consent, and is carried out then.',
  scheduled: 'It waits for its hour, and is carried out then.',
  unknown: UNKNOWN,
};

export async function forgetRequest(
  desk: Desk,
  id: RequestId,
  yes: boolean,
  signal: AbortSignal,
): Promise<Result> {
  const entry = await find(desk, id);
  const state = entry.outcome ?? entry.state;
  const question = `Delete what is kept of this request (${state}), which is then never carried out?`;
  await confirm(desk.terminal, { question, yes }, signal);
  const answer = await desk.store.administration.forget(id, desk.clock());
  if (answer !== 'forgotten') throw new AdminError('admin_not_possible', NOT_FORGOTTEN[answer]);
  return { lines: ['Forgotten.'], data: { id, outcome: 'forgotten' } };
}

const NOT_FORGOTTEN: Readonly<Record<Exclude<Forgetting, 'forgotten'>, string>> = {
  'nothing-kept': 'It has ended, and nothing of what was asked for is kept.',
  'in-progress': 'A subscriber works on it, and ends it by itself. Wait a minute or two.',
  unknown: UNKNOWN,
};

/** @throws AdminError `admin_unknown` */
async function find({ store, clock }: Desk, id: RequestId): Promise<LedgerEntry> {
  const entry = await store.administration.findRequest(id);
  if (entry !== undefined && entry.expiresAt > clock()) return entry;
  throw new AdminError('admin_unknown', UNKNOWN);
}

function describe({ kept, ...entry }: LedgerEntry) {
  return {
    id: entry.id,
    state: entry.state,
    outcome: entry.outcome,
    failures: entry.failures,
    since: timeOf(entry.since),
    dueAt: timeOf(entry.dueAt),
    leaseUntil: timeOf(entry.leaseUntil),
    endedAt: timeOf(entry.endedAt),
    expiresAt: timeOf(entry.expiresAt),
    user: kept?.user,
    space: kept?.space,
    scheduledFor: timeOf(kept?.scheduledFor),
    keyId: kept?.keyId,
  };
}
