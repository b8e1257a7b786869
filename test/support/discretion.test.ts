import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Stage, setStage } from '../end-to-end/stage.ts';
import { told } from './discretion.ts';

describe('what must not be printed', () => {
  let stage: Stage;
  before(async () => {
    stage = await setStage({ dialect: 'add-on' });
    await stage.startSubscriber();
  });
  after(() => stage.end());

  it('is each token, ticket, key and client secret, and what people write', async () => {
    await stage.write(stage.ana, '@Postern a private matter');
    const link = await stage.link(stage.ana);
    const { oauthClient, tokenKeys, serviceAccount } = stage.credentials;
    const [, pemLine = ''] = serviceAccount.privateKeyPem.split('\n');
    for (const secret of [
      new URL(link).searchParams.get('state') ?? '',
      oauthClient.clientSecret,
      tokenKeys.replace('laptop:', ''),
      pemLine,
      'a private matter',
    ]) {
      assert.ok(told(`{"message":"${secret}"}`, stage).includes(secret), secret);
    }
    await stage.consent(link, stage.ana);
    const tokens = stage.google.accounts.issuedSecrets();
    assert.ok(tokens.some((token) => token.startsWith('1//')));
    assert.deepEqual(new Set(told(tokens.join(' '), stage)), new Set(tokens));
    assert.deepEqual(told(stage.output.join('\n'), stage), []);
  });

  it('is not the name of a command, which a stack may have', async () => {
    await stage.write(stage.bruno, '@Postern disconnect');
    assert.deepEqual(told('at commands/disconnect.ts:14:12', stage), []);
  });
});
