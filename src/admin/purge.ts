import { revokeGrant } from '../lib/authorization/disconnect.ts';
import { days } from '../lib/clock.ts';
import type { Grant } from '../lib/store/store.ts';
import { confirm } from './confirm.ts';
import { type Corrupt, corruptLines } from './corrupt.ts';
import type { GrantsDesk } from './desk.ts';
import { grantPages } from './grants.ts';
import { startProgress } from './progress.ts';
import type { Result } from './result.ts';

/** What became of a grant that nobody had used. `used`: it was used, renewed or ended meanwhile. */
type Fate = 'purged' | 'used' | 'google-not-told';

/**
 * Ends the connections that nobody has used for so long, at Google, too. What waits for its person stays: they are asked
 * when its time comes. A grant without a note of its last use counts as used today, and the note is made.
 */
export async function purgeGrants(
  desk: GrantsDesk,
  unusedForDays: number,
  yes: boolean,
  signal: AbortSignal,
): Promise<Result> {
  const { terminal, clock } = desk;
  const { unused, begun, corrupt } = await findUnused(desk, unusedForDays, signal);
  const fates = { purged: 0, used: 0, 'google-not-told': 0 };
  if (unused.length > 0) {
    const question = `Disconnect ${people(unused.length)} who had no use of it for ${unusedForDays} days?`;
    await confirm(terminal, { question, yes }, signal);
    const progress = startProgress(terminal, 'Disconnecting', unused.length);
    try {
      for (const grant of unused) {
        signal.throwIfAborted();
        fates[await purge(desk, grant, isUnused(unusedForDays, clock()), signal)] += 1;
        progress.tick();
      }
    } finally {
      progress.end();
    }
  }
  return report(fates, begun, corrupt);
}

/** Uses are noted to the day: one that is a day younger than its note counts as well. */
function isUnused(unusedForDays: number, now: number) {
  return ({ lastUsedAt }: Grant): boolean =>
    lastUsedAt !== undefined && lastUsedAt + days(unusedForDays + 1) <= now;
}

async function findUnused(
  { store, clock }: GrantsDesk,
  unusedForDays: number,
  signal: AbortSignal,
): Promise<{ unused: Grant[]; begun: number; corrupt: Corrupt[] }> {
  const now = clock();
  const unused: Grant[] = [];
  const corrupt: Corrupt[] = [];
  let begun = 0;
  for await (const page of grantPages(store, corrupt, signal)) {
    unused.push(...page.filter(isUnused(unusedForDays, now)));
    for (const { user, version, lastUsedAt } of page) {
      if (lastUsedAt !== undefined) continue;
      await store.grants.noteUse(user, version, now);
      begun += 1;
    }
  }
  return { unused, begun, corrupt };
}

/** First at Google: what an interruption leaves behind is then found by the next run. */
async function purge(
  desk: GrantsDesk,
  { user, version }: Grant,
  isStillUnused: (grant: Grant) => boolean,
  signal: AbortSignal,
): Promise<Fate> {
  const { grants } = desk.store;
  const grant = await grants.get(user);
  if (grant?.version !== version || !isStillUnused(grant)) return 'used';
  const told = await revokeGrant(desk, grant, signal);
  if (told === 'refused') return 'google-not-told';
  return (await grants.delete(user, version)) ? 'purged' : 'used';
}

function report(
  fates: Readonly<Record<Fate, number>>,
  begun: number,
  corrupt: readonly Corrupt[],
): Result {
  const { purged, used, 'google-not-told': notTold } = fates;
  const lines = [purged === 0 ? 'Nobody was disconnected.' : `Disconnected: ${people(purged)}.`];
  if (used > 0) lines.push(`Left alone, since it was used or ended meanwhile: ${used}.`);
  if (notTold > 0) {
    lines.push(`Left alone, since Google couldn’t be told: ${notTold}. Run it again later.`);
  }
  if (begun > 0) {
    lines.push(
      `Nothing is known of the last use of ${begun}: an earlier Postern noted none. They count as used today.`,
    );
  }
  const counts = { purged, changedMeanwhile: used, googleNotTold: notTold, countedFromNow: begun };
  return {
    lines: [...lines, ...corruptLines(corrupt)],
    data: { ...counts, corrupt },
    incomplete: notTold > 0 || corrupt.length > 0,
  };
}

const people = (count: number): string => (count === 1 ? 'one person' : `${count} people`);
