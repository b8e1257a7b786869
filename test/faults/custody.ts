import { z } from 'zod';
import { seconds } from '../../src/lib/clock.ts';
import { userName } from '../../src/lib/names.ts';
import { createKeyring } from '../../src/lib/store/keyring.ts';
import type { Grant } from '../../src/lib/store/store.ts';
import { isLocal, parseTokenKeys } from '../../src/lib/store/token-keys.ts';
import { told } from '../support/discretion.ts';
import type { History } from './history.ts';
import { isConnected, type Violation } from './invariants.ts';
import type { Laboratory } from './laboratory.ts';
import { PEOPLE } from './schedule.ts';

const tokenAnswer = z.object({ access_token: z.string().optional() });

/** What Postern kept and printed, against the promises about secrets. */
export async function violationsOfCustody(
  { stage, people, ground }: Laboratory,
  history: History,
): Promise<Violation[]> {
  const names = Object.values(people).map(({ id }) => userName.parse(`users/${id}`));
  const kept = await ground.store.text(stage);
  const store = await ground.store.open(stage);
  try {
    const found = await Promise.all(names.map((name) => store.grants.get(name)));
    const grants = found.filter((grant) => grant !== undefined);
    const strangers = PEOPLE.filter((who) => !isConnected(history, who, Date.now()));
    const taken = grants.filter(({ user }) =>
      strangers.some((who) => user === `users/${people[who].id}`),
    );
    const opened = await Promise.all(grants.map((grant) => misopened(stage, grant, names)));
    return [
      ...told(stage.output.join('\n'), stage).map(() => secret('in the output')),
      ...told(kept, stage).map(() => secret('in the store, in clear')),
      ...taken.map(({ user }) => ({
        promise: 'I2' as const,
        what: `a grant of ${user} is kept, who has not consented or has disconnected`,
      })),
      ...opened.flat().map((what) => ({ promise: 'I5' as const, what })),
    ];
  } finally {
    await store.close();
  }
}

function secret(where: string): Violation {
  return { promise: 'I3', what: `a secret or a text is ${where}` };
}

/** A grant opens for its owner, whose own it is at Google, and for nobody else. */
async function misopened(
  { credentials, google }: Laboratory['stage'],
  grant: Grant,
  names: readonly string[],
): Promise<string[]> {
  const parsed = parseTokenKeys(credentials.tokenKeys);
  if ('problems' in parsed) throw new Error('The simulated credentials have no good key');
  const { clientId, clientSecret } = credentials.oauthClient;
  const keyring = createKeyring({ keys: parsed.keys.filter(isLocal), clientId });
  const openFor = (owner: string): Promise<string | undefined> =>
    keyring.open(grant.refreshToken, { collection: 'grants', owner }).catch(() => undefined);

  const problems = [];
  for (const other of names.filter((name) => name !== grant.user)) {
    if ((await openFor(other)) !== undefined)
      problems.push(`${grant.user}’s grant opens for ${other}`);
  }
  const token = await openFor(grant.user);
  const answer = await fetch(`${google.url}/token`, {
    method: 'POST',
    signal: AbortSignal.timeout(seconds(30)),
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: token ?? '',
      client_id: clientId,
      client_secret: clientSecret,
    }),
  });
  const { access_token: access } = tokenAnswer.parse(await answer.json());
  const principal = google.accounts.authenticate(access ?? '');
  const owner = principal?.kind === 'person' ? principal.userName : 'nobody';
  if (owner !== grant.user) problems.push(`${grant.user}’s grant is of ${owner}`);
  return problems;
}
