import { SealError } from '../../lib/errors.ts';
import { createKeyring } from '../../lib/store/keyring.ts';
import type { Sealer } from '../../lib/store/sealer.ts';
import type { KeyUse, Store } from '../../lib/store/store.ts';
import type { TokenKey } from '../../lib/store/token-keys.ts';
import { hasFailed, type Scene } from '../check.ts';
import { about, type Finding, failed, needs, ok, type Result } from '../finding.ts';

/** Whether `TOKEN_KEYS` opens what is stored. Of each key one connection is tried, and what it holds is thrown away. */
export async function lookAtKeys({ grants }: Pick<Store, 'grants'>, scene: Scene): Promise<Result> {
  if (hasFailed(scene, 'kms')) return about('keys', needs('Cloud KMS, see above'));
  const { tokenKeys, client, userAuth } = scene.setting;
  if (tokenKeys === undefined) return about('keys', needs('TOKEN_KEYS'));
  const clientId = userAuth === 'delegation' ? userAuth : client?.clientId;
  if (clientId === undefined) return about('keys', needs('OAUTH_CLIENT_FILE'));
  const uses = await grants.byKey();
  const broken = await findBroken(uses, createKeyring({ ...scene, keys: tokenKeys, clientId }));
  return about('keys', decideKeys(uses, tokenKeys, broken));
}

/** The ids of keys that are there, but open nothing of what their ids have sealed. */
async function findBroken(uses: readonly KeyUse[], keyring: Sealer): Promise<Set<string>> {
  const broken = new Set<string>();
  for (const { keyId, sample } of uses) {
    const context = { collection: 'grants', owner: sample.user } as const;
    try {
      await keyring.open(sample.refreshToken, context);
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      broken.add(keyId);
    }
  }
  return broken;
}

function decideKeys(
  uses: readonly KeyUse[],
  keys: readonly TokenKey[],
  broken: ReadonlySet<string>,
): Finding {
  const ids = keys.map(({ id }) => id);
  const stale = uses.filter(({ keyId }) => !ids.includes(keyId));
  if (stale.length > 0) {
    return failed(
      `${stale.map(inWords).join(', ')}, which is not in TOKEN_KEYS: these people would have to connect again`,
      `Put the key back behind the first, for both processes: TOKEN_KEYS=${ids[0]}:…,${stale.map(({ keyId }) => `${keyId}:…`).join(',')}`,
    );
  }
  const wrong = uses.filter(({ keyId }) => broken.has(keyId));
  if (wrong.length > 0) {
    return failed(
      `${wrong.map(inWords).join(', ')}, and what TOKEN_KEYS has under this id doesn’t open them`,
      'Restore the key that had this id, or the OAuth client that OAUTH_CLIENT_FILE was of then: what is stored is bound to both.',
    );
  }
  const idle = ids.slice(1).filter((id) => !uses.some(({ keyId }) => keyId === id));
  const spare = idle.length === 0 ? '' : `; no connection needs ${idle.join(', ')} any more`;
  return uses.length === 0
    ? ok('the keys can be used; nobody is connected yet')
    : ok(`the keys open what is stored: ${uses.map(inWords).join(', ')}${spare}`);
}

function inWords({ keyId, grants }: KeyUse): string {
  return `${grants} ${grants === 1 ? 'connection' : 'connections'} under the key “${keyId}”`;
}
