import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { loadOAuthWebConfig, loadSubscriberConfig } from '../../src/lib/config/config.ts';
import { CLIENT_JSON, ofReadme } from './deployed.ts';

const folder = join(import.meta.dirname, '../../deploy/systemd');
/** Where systemd puts what LoadCredential= names; the unit calls it %d. */
const CREDENTIALS = '/run/credentials';
const STATE = '/var/lib';

describe('the processes that systemd starts', () => {
  for (const name of ['subscriber', 'oauth-web']) {
    const unit = readFileSync(join(folder, `postern-${name}.service`), 'utf8');
    const settings = (key: string): string[] =>
      [...unit.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value = '']) => value);
    const environment: Record<string, string> = {
      ...ofReadme(),
      TOKEN_KEYS: `k1:${Buffer.alloc(32).toString('base64')}`,
    };
    for (const setting of settings('Environment')) {
      const [variable = '', value = ''] = setting.split(/=(.*)/);
      environment[variable] = value.replace('%d', CREDENTIALS);
    }
    const loaded = settings('LoadCredential').map(
      (given) => `${CREDENTIALS}/${given.split(':')[0]}`,
    );

    it(`have all that their configuration needs, and find the file of the client: ${name}`, () => {
      const load = name === 'subscriber' ? loadSubscriberConfig : loadOAuthWebConfig;
      const { store } = load(environment, (path) => {
        assert.ok(loaded.includes(path), path);
        return CLIENT_JSON;
      });
      assert.ok(store.kind === 'sqlite');
      assert.ok(store.path.startsWith(`${STATE}/${settings('StateDirectory')[0]}/`));
    });

    it(`find the credentials that they are given: ${name}`, () => {
      const { GOOGLE_APPLICATION_CREDENTIALS: path } = environment;
      assert.equal(path !== undefined, name === 'subscriber');
      if (path !== undefined) assert.ok(loaded.includes(path));
    });
  }
});
