import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { loadOAuthWebConfig, loadSubscriberConfig } from '../../src/lib/config/config.ts';
import { CLIENT_JSON, type Deployed, deployed } from './deployed.ts';

const PROCESSES = deployed();
const PLATFORMS = [...new Set(PROCESSES.map(({ where }) => where))];
/** The configuration that a process comes to. @throws ConfigError, as it would there */
function load({ command, environment, files }: Deployed) {
  const readText = (path: string): string => {
    assert.ok(isThere(files, path), `nothing puts ${path} there`);
    return CLIENT_JSON;
  };
  // What is secret stands nowhere in the files.
  const whole = { ...environment, TOKEN_KEYS: `k1:${Buffer.alloc(32).toString('base64')}` };
  return command.includes('subscriber')
    ? loadSubscriberConfig(whole, readText)
    : loadOAuthWebConfig(whole, readText);
}

const isThere = (files: readonly string[], path: string): boolean =>
  files.some((file) => (file.endsWith('/') ? path.startsWith(file) : path === file));

const federationFile = z.object({
  credential_source: z.object({ file: z.string() }),
  service_account_impersonation_url: z.string(),
});

describe('the processes that deploy/ starts', () => {
  it('are both of them, everywhere', () => {
    assert.equal(PLATFORMS.length, 5);
    for (const platform of PLATFORMS) {
      const commands = PROCESSES.filter(({ where }) => where === platform).map(
        ({ command }) => command,
      );
      assert.deepEqual(commands.toSorted(), [
        'node dist/oauth-web/main.js',
        'node dist/subscriber/main.js',
      ]);
    }
    for (const name of ['subscriber', 'oauth-web']) assert.ok(existsSync(`src/${name}/main.ts`));
  });

  for (const one of PROCESSES) {
    const name = `${one.where}: ${one.command}`;

    it(`have all that their configuration needs, and find the file of the client: ${name}`, () => {
      const config = load(one);
      assert.equal(config.projectId, 'my-project');
      assert.ok(one.environment['TOKEN_KEYS'] !== undefined);
    });

    it(`find the credentials that they are given, where any are: ${name}`, () => {
      const { GOOGLE_APPLICATION_CREDENTIALS: path } = one.environment;
      if (path !== undefined) assert.ok(isThere(one.files, path), path);
    });

    it(`can write where the store is: ${name}`, () => {
      const { store } = load(one);
      if (store.kind === 'sqlite') assert.ok(isThere(one.files, store.path), store.path);
      else assert.ok(!one.files.some((file) => file.startsWith('/data')));
    });

    it(`are reached only where they listen for others: ${name}`, () => {
      const config = load(one);
      // The subscriber listens on loopback: nobody else comes in.
      const listens = 'port' in config ? [config.port] : [];
      assert.deepEqual([...new Set(one.ports)], listens);
    });

    it(`run the image that docs/operation.md builds: ${name}`, () => {
      assert.match(one.image, /(?:^|\/)postern$|^\$\{POSTERN_IMAGE:-postern\}$/);
    });
  }

  it('share Chat’s quota where there are two subscribers', () => {
    const several = PROCESSES.filter(
      ({ where, command }) => /Kubernetes|Cloud Run/.test(where) && command.includes('subscriber'),
    );
    assert.equal(several.length, 2);
    for (const one of several) {
      const config = load(one);
      assert.ok('writesPerMinute' in config);
      assert.deepEqual([config.writesPerMinute, config.writesPerSecondAndSpace], [1500, 0.5]);
    }
  });

  for (const name of ['subscriber', 'oauth-web']) {
    it(`find the identity provider’s token where the example looks for it: ${name}`, () => {
      const text = readFileSync(`deploy/federation/${name}-credentials.json`, 'utf8');
      const { credential_source: source, service_account_impersonation_url: url } =
        federationFile.parse(JSON.parse(text));
      assert.ok(url.includes(`/postern-${name}@my-project.iam.gserviceaccount.com:`));
      const process = PROCESSES.find(
        ({ where, command }) => where === 'Compose, federation' && command.includes(`/${name}/`),
      );
      assert.ok(isThere(process?.files ?? [], source.file));
    });
  }
});
