import { revokeGrant } from '../lib/authorization/disconnect.ts';
import { AdminError } from '../lib/errors.ts';
import type { UserName } from '../lib/names.ts';
import type { Page } from '../lib/store/administration.ts';
import { keyIdOf } from '../lib/store/sealer.ts';
import type { Grant, Store } from '../lib/store/store.ts';
import { confirm } from './confirm.ts';
import { type Corrupt, corruptLines } from './corrupt.ts';
import type { Desk, GrantsDesk } from './desk.ts';
import type { Person } from './invocation.ts';
import { pagesOf } from './pages.ts';
import { type Result, table, timeOf } from './result.ts';

/** Everybody who is connected, a page at a time. @param corrupt gets what can't be read */
export function grantPages(
  { administration }: Pick<Store, 'administration'>,
  corrupt: Corrupt[],
  signal: AbortSignal,
): AsyncGenerator<Grant[]> {
  const list = (page: Page) => administration.listGrants(page);
  return pagesOf(list, { collection: 'grants', corrupt }, signal);
}

export async function listGrants({ store }: Desk, signal: AbortSignal): Promise<Result> {
  const grants: ReturnType<typeof describe>[] = [];
  const corrupt: Corrupt[] = [];
  for await (const page of grantPages(store, corrupt, signal)) grants.push(...page.map(describe));
  const lines = grants.length === 0 ? ['Nobody is connected.'] : tableOf(grants);
  return {
    lines: [...lines, ...corruptLines(corrupt)],
    data: { grants, corrupt },
    incomplete: corrupt.length > 0,
  };
}

function tableOf(grants: readonly ReturnType<typeof describe>[]): string[] {
  const head = ['person', 'address', 'connected', 'last used', 'key', 'version', 'scopes'];
  const rows = grants.map(({ user, email, connectedAt, lastUsedAt, keyId, version, scopes }) => [
    user,
    email ?? '-',
    connectedAt,
    lastUsedAt?.slice(0, 'YYYY-MM-DD'.length) ?? 'unknown',
    keyId,
    String(version),
    scopes.map((scope) => scope.replace(/^.*\/auth\//, '')).join(' '),
  ]);
  return table(head, rows);
}

function describe({ user, email, scopes, grantedAt, lastUsedAt, refreshToken, version }: Grant) {
  return {
    user,
    email,
    scopes,
    connectedAt: timeOf(grantedAt),
    lastUsedAt: timeOf(lastUsedAt),
    keyId: keyIdOf(refreshToken),
    version,
  };
}

/**
 * Ends a connection as its person would by `disconnect`: at Google, and with all that waits for them. Not a connection that is
 * newer than the one that was looked at.
 */
export async function revokeGrantOf(
  desk: GrantsDesk,
  person: Person,
  yes: boolean,
  signal: AbortSignal,
): Promise<Result> {
  const { store, clock, terminal } = desk;
  const user = 'user' in person ? person.user : await whoHas(person.email, desk, signal);
  const grant = await store.grants.get(user);
  const question = `Disconnect ${user}, and forget what waits for them?`;
  await confirm(terminal, { question, yes }, signal);

  const told = grant === undefined ? undefined : await revokeGrant(desk, grant, signal);
  signal.throwIfAborted();
  if (!(await store.forgetPerson(user, clock(), grant?.version ?? 0))) {
    throw new AdminError(
      'admin_changed_meanwhile',
      `${user} has connected again meanwhile, or disconnected. Nothing was deleted: look at grants list, and run it again.`,
    );
  }
  const data = { user, wasConnected: grant !== undefined, revoked: told === 'revoked' };
  return { lines: [outcome(user, told)], data };
}

function outcome(
  user: UserName,
  told: Awaited<ReturnType<typeof revokeGrant>> | undefined,
): string {
  if (told === undefined) return `${user} was not connected. What waited for them is forgotten.`;
  const done = `${user} is disconnected, and what waited for them is forgotten.`;
  if (told === 'revoked') return done;
  const why =
    told === 'unopened' ? 'the token couldn’t be opened' : 'it did not answer as it should';
  return `${done} Google couldn’t be told, since ${why}: the person can end the permission at https://myaccount.google.com/connections.`;
}

/** @throws AdminError unless there is exactly one */
async function whoHas(email: string, { store }: Desk, signal: AbortSignal): Promise<UserName> {
  const wanted = email.toLowerCase();
  const found: UserName[] = [];
  for await (const page of grantPages(store, [], signal)) {
    found.push(
      ...page.filter((grant) => grant.email?.toLowerCase() === wanted).map(({ user }) => user),
    );
  }
  const [user, ...others] = found;
  if (user === undefined) {
    throw new AdminError(
      'admin_unknown',
      'Nobody has connected with this address. Addresses that Google didn’t tell aren’t known: grants list shows users/… for all.',
    );
  }
  if (others.length === 0) return user;
  throw new AdminError(
    'admin_ambiguous',
    `Several people have connected with this address: ${found.join(', ')}. Name one of them.`,
  );
}
