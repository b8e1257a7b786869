import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  loadAdminConfig,
  loadAdminGrantsConfig,
  loadAdminKeysConfig,
} from '../../../src/lib/config/admin-config.ts';
import { CLIENT, disk, KEY, problemsOf } from './setting.ts';

const KEYS = { TOKEN_KEYS: `k2:${KEY},k1:${KEY}` };
const variables = (load: () => unknown): string[] =>
  problemsOf(load)
    .map(({ variable }) => variable)
    .toSorted();

describe('the operator’s configuration', () => {
  it('is the processes’ store, and nothing else where nothing else is needed', () => {
    const firestore = { kind: 'firestore', database: 'auth-data' };
    assert.deepEqual(loadAdminConfig({}), { projectId: undefined, store: firestore });
    const environment = { STORE: 'sqlite:/data/x', GOOGLE_CLOUD_PROJECT: 'my-project' };
    assert.deepEqual(loadAdminConfig(environment), {
      projectId: 'my-project',
      store: { kind: 'sqlite', path: '/data/x' },
    });
  });

  it('has the keys and the OAuth client, to end grants', () => {
    const { tokenKeys, oauth } = loadAdminGrantsConfig(KEYS, disk());
    assert.deepEqual(
      tokenKeys.map(({ id }) => id),
      ['k2', 'k1'],
    );
    assert.equal(oauth.client.clientId, CLIENT.client_id);
    assert.equal(oauth.revokeUrl, 'https://oauth2.googleapis.com/revoke');
    assert.deepEqual(
      variables(() => loadAdminGrantsConfig({}, disk('no JSON'))),
      ['OAUTH_CLIENT_FILE', 'TOKEN_KEYS'],
    );
  });

  it('has what sealed values are bound to, as the subscriber has it', () => {
    assert.equal(loadAdminKeysConfig(KEYS, disk()).clientId, CLIENT.client_id);
    const delegation = { ...KEYS, USER_AUTH: 'delegation' };
    assert.equal(loadAdminKeysConfig(delegation, disk('no JSON')).clientId, 'delegation');
    assert.deepEqual(
      variables(() => loadAdminKeysConfig({}, disk('no JSON'))),
      ['OAUTH_CLIENT_FILE', 'TOKEN_KEYS'],
    );
  });
});
