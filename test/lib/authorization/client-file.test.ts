import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseClientFile } from '../../../src/lib/authorization/client-file.ts';

const SECRET = 'GOCSPX-very-secret';

const downloaded = {
  client_id: '1234-abc.apps.googleusercontent.com',
  project_id: 'my-project',
  auth_uri: 'https://accounts.google.com/o/oauth2/auth',
  token_uri: 'https://oauth2.googleapis.com/token',
  auth_provider_x509_cert_url: 'https://www.googleapis.com/oauth2/v1/certs',
  client_secret: SECRET,
  redirect_uris: ['https://postern.example.com/oauth2', 'http://localhost:8080/oauth2'],
  javascript_origins: ['https://postern.example.com'],
};

const client = {
  clientId: downloaded.client_id,
  clientSecret: SECRET,
  redirectUris: downloaded.redirect_uris,
  authUri: downloaded.auth_uri,
  tokenUri: downloaded.token_uri,
  certsUrl: downloaded.auth_provider_x509_cert_url,
};

describe('parseClientFile', () => {
  for (const kind of ['web', 'installed'] as const) {
    it(`reads the file of a client of the kind "${kind}"`, () => {
      const parsed = parseClientFile(JSON.stringify({ [kind]: downloaded }));
      assert.deepEqual(parsed, { ok: true, client: { kind, ...client } });
    });
  }

  it('accepts plain http on this machine, for the simulator', () => {
    for (const host of ['localhost', '127.0.0.1:9099', '[::1]:80']) {
      const file = { ...downloaded, token_uri: `http://${host}/token` };
      assert.equal(parseClientFile(JSON.stringify({ web: file })).ok, true, host);
    }
  });

  const problems: [what: string, text: string, problem: RegExp][] = [
    ['is not JSON', `{"web": ${SECRET}`, /not JSON/],
    ['is not an object', '[]', /^it: /],
    ['is null', 'null', /^it: /],
    ['has neither key', JSON.stringify({ type: 'service_account' }), /no web or installed key/],
    ['lacks the client id', web({ client_id: undefined }), /^web\.client_id: /],
    ['has an empty secret', web({ client_secret: '' }), /^web\.client_secret: /],
    ['lists no redirect URI', web({ redirect_uris: [] }), /^web\.redirect_uris/],
    [
      'sends secrets over http',
      web({ token_uri: 'http://oauth2.example.com' }),
      insecure('token_uri'),
    ],
    [
      'consents over http',
      web({ auth_uri: 'http://localhost.evil.example/' }),
      insecure('auth_uri'),
    ],
    [
      'has a URL with a password',
      web({ token_uri: `https://user:${SECRET}@oauth2.googleapis.com` }),
      insecure('token_uri'),
    ],
    [
      'has a redirect URI with a fragment',
      web({ redirect_uris: ['https://postern.example.com/oauth2#'] }),
      insecure('redirect_uris.0'),
    ],
    [
      'has the retired out-of-band redirect URI',
      web({ redirect_uris: [downloaded.redirect_uris[0], 'urn:ietf:wg:oauth:2.0:oob'] }),
      insecure('redirect_uris.1'),
    ],
  ];
  for (const [what, text, problem] of problems) {
    it(`says so when the file ${what}, and repeats nothing of it`, () => {
      const parsed = parseClientFile(text);
      assert.ok(!parsed.ok);
      assert.match(parsed.problem, problem);
      assert.ok(!parsed.problem.includes(SECRET));
    });
  }

  it('names every problem at once', () => {
    const parsed = parseClientFile(web({ client_id: undefined, token_uri: 'nonsense' }));
    assert.ok(!parsed.ok);
    assert.match(parsed.problem, /web\.client_id: .*; web\.token_uri: /);
  });
});

function web(change: Record<string, unknown>): string {
  return JSON.stringify({ web: { ...downloaded, ...change } });
}

function insecure(field: string): RegExp {
  return new RegExp(`^web\\.${field}: must be an https:// URL`);
}
