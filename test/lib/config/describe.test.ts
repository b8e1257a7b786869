import assert from 'node:assert/strict';
import { it } from 'node:test';
import { loadOAuthWebConfig, loadSubscriberConfig } from '../../../src/lib/config/config.ts';
import { describeConfig } from '../../../src/lib/config/describe.ts';
import { isLocal } from '../../../src/lib/store/token-keys.ts';
import { CLIENT_SECRET, disk, KEY, KMS_KEY, LEAST } from './setting.ts';

const TOKEN_KEYS = `k2:${KEY},k1:${Buffer.alloc(32, 8).toString('base64')}`;

for (const [name, config] of [
  ['subscriber', loadSubscriberConfig({ ...LEAST, TOKEN_KEYS }, disk())],
  ['oauth-web', loadOAuthWebConfig({ ...LEAST, TOKEN_KEYS }, disk())],
] as const) {
  it(`describes the ${name}’s configuration without its secrets`, () => {
    const line = describeConfig(config);
    assert.match(line, /tokenKeys=k2:•••,k1:•••/);
    assert.match(line, /oauthClient=1234-abc\.apps\.googleusercontent\.com/);
    assert.match(line, /store=firestore:auth-data/);
    assert.match(line, /allowedDomain=\(not set\)/);
    assert.doesNotMatch(line, /object Object|undefined/);
    const secrets = [CLIENT_SECRET, ...TOKEN_KEYS.split(',').map((key) => key.slice(3))];
    for (const secret of secrets) assert.ok(!line.includes(secret));
    const bytes = config.tokenKeys.filter(isLocal).map(({ key }) => key.join(','));
    for (const secret of bytes) assert.ok(!line.includes(secret));
  });
}

it('names a key of Cloud KMS, and what sealed values call it', () => {
  const config = loadOAuthWebConfig({ ...LEAST, TOKEN_KEYS: `kms:${KMS_KEY},k1:${KEY}` }, disk());
  const line = describeConfig(config);
  assert.ok(line.includes(`tokenKeys=kms:${KMS_KEY} (kms-746c6bd5),k1:•••`), line);
});

it('describes which commands the ids stand for', () => {
  const describe = (CHAT_COMMANDS: string): string =>
    describeConfig(loadSubscriberConfig({ ...LEAST, CHAT_COMMANDS }, disk()));
  assert.match(describe('1:help,2:connect'), /commandIds=1:help,2:connect/);
  assert.match(describe(''), /commandIds=\(none\)/);
});

it('describes webhooks by their names only', () => {
  const url = 'https://chat.googleapis.com/v1/spaces/AAA/messages?key=AIzaKEY&token=SECRET';
  const environment = { ...LEAST, WEBHOOKS: `ops=${url},builds=${url}` };
  const line = describeConfig(loadSubscriberConfig(environment, disk()));
  assert.match(line, /webhooks=ops:•••,builds:•••/);
  assert.doesNotMatch(line, /AIzaKEY|SECRET|object Object/);
});

it('describes the account that a delegation goes through, and no OAuth client', () => {
  const account = 'postern@my-project.iam.gserviceaccount.com';
  const environment = { ...LEAST, USER_AUTH: 'delegation', DELEGATION_ACCOUNT: account };
  const line = describeConfig(loadSubscriberConfig(environment, disk('')));
  assert.match(line, new RegExp(`userAuth=delegation, delegationAccount=${account}`));
  assert.doesNotMatch(line, /oauthClient|object Object|undefined/);
});
