import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  loadCliAccountConfig,
  loadCliAppConfig,
  loadCliDelegationConfig,
} from '../../../src/lib/config/cli-config.ts';
import type { Environment } from '../../../src/lib/config/read.ts';
import { CLIENT, disk, KEY, problemsOf } from './setting.ts';

const file = (content: object) => disk(JSON.stringify(content));
const account = (environment: Environment, content: object = { installed: CLIENT }) =>
  loadCliAccountConfig(environment, file(content), '/home/ana');
const variables = (load: () => unknown): string[] =>
  problemsOf(load)
    .map(({ variable }) => variable)
    .toSorted();

/** Wrong in every way that a variable can be. */
const NONSENSE = {
  CHAT_API_URL: 'x',
  TOKEN_KEYS: 'x',
  OAUTH_CLIENT_FILE: 'x',
  OAUTH_REDIRECT_URI: 'x',
  OAUTH_ISSUER: 'x',
  OAUTH_REVOKE_URL: 'x',
  DELEGATION_ACCOUNT: 'x',
  DELEGATION_TOKEN_URL: 'x',
  IAM_CREDENTIALS_URL: 'x',
  CLOUD_KMS_URL: 'x',
  ALLOWED_DOMAIN: 'x',
  STORE: 'x',
  USER_AUTH: 'x',
};

describe('the terminal’s configuration', () => {
  it('is complete without any variable, as the app and by delegation', () => {
    assert.deepEqual(loadCliAppConfig({}), { chatApiUrl: 'https://chat.googleapis.com' });
    const { delegation, allowedDomain } = loadCliDelegationConfig({});
    assert.equal(delegation.account, undefined);
    assert.equal(allowedDomain, undefined);
  });

  it('asks of each whom it acts as for what that takes only, and for all of it at once', () => {
    assert.deepEqual(
      variables(() => loadCliAppConfig(NONSENSE)),
      ['CHAT_API_URL'],
    );
    assert.deepEqual(
      variables(() => loadCliDelegationConfig(NONSENSE)),
      [
        'ALLOWED_DOMAIN',
        'CHAT_API_URL',
        'DELEGATION_ACCOUNT',
        'DELEGATION_TOKEN_URL',
        'IAM_CREDENTIALS_URL',
      ],
    );
    assert.deepEqual(
      variables(() => account(NONSENSE)),
      [
        'ALLOWED_DOMAIN',
        'CHAT_API_URL',
        'CLOUD_KMS_URL',
        'OAUTH_CLIENT_FILE',
        'OAUTH_ISSUER',
        'OAUTH_REVOKE_URL',
        'TOKEN_KEYS',
      ],
    );
  });

  it('has a key of its own where there are no TOKEN_KEYS', () => {
    assert.equal(account({}).tokenKeys, undefined);
    assert.equal(account({ TOKEN_KEYS: '' }).tokenKeys, undefined);
    assert.equal(account({ TOKEN_KEYS: `k1:${KEY}` }).tokenKeys?.[0]?.id, 'k1');
  });
});

describe('the terminal’s OAuth client', () => {
  it('may be a desktop app, which comes back at any port', () => {
    const { client, redirectUri } = account({}).oauth;
    assert.deepEqual([client.kind, redirectUri], ['installed', undefined]);
  });

  for (const uri of ['http://localhost:8080/oauth2', 'http://127.0.0.1:9000/', 'http://[::1]/']) {
    it(`may be a web application that comes back at ${uri}`, () => {
      const content = { web: { ...CLIENT, redirect_uris: ['https://postern.example/', uri] } };
      assert.equal(account({}, content).oauth.redirectUri, uri);
    });
  }

  for (const uri of ['https://postern.example/', 'https://localhost:8080/']) {
    it(`may not be one that only comes back at ${uri}`, () => {
      const load = () => account({}, { web: { ...CLIENT, redirect_uris: [uri] } });
      const [problem, ...more] = problemsOf(load);
      assert.deepEqual(more, []);
      assert.equal(problem?.variable, 'OAUTH_CLIENT_FILE');
      assert.match(problem.problem, /without a redirect URI on this machine/);
      assert.match(problem.remedy, /“Desktop app”/);
    });
  }

  it('is asked for as a desktop app where there is none', () => {
    const load = () => loadCliAccountConfig({}, disk('', 'other.json'), '/home/ana');
    assert.match(problemsOf(load)[0]?.remedy ?? '', /“Desktop app”/);
  });
});

describe('the terminal’s folder', () => {
  const cases: [environment: Environment, folder: string][] = [
    [{}, '/home/ana/.config/postern'],
    [{ XDG_CONFIG_HOME: '/etc/ana' }, '/etc/ana/postern'],
    // As the XDG Base Directory Specification has it.
    [{ XDG_CONFIG_HOME: 'not/absolute' }, '/home/ana/.config/postern'],
    [{ XDG_CONFIG_HOME: '' }, '/home/ana/.config/postern'],
    [{ POSTERN_CONFIG_HOME: '/secrets/mine', XDG_CONFIG_HOME: '/etc/ana' }, '/secrets/mine'],
    [{ POSTERN_CONFIG_HOME: '' }, '/home/ana/.config/postern'],
  ];
  for (const [environment, folder] of cases) {
    it(`is ${folder} with ${JSON.stringify(environment)}`, () => {
      assert.equal(account(environment).folder, folder);
    });
  }
});
