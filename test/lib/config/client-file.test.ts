import assert from 'node:assert/strict';
import { it } from 'node:test';
import { loadOAuthWebConfig } from '../../../src/lib/config/config.ts';
import { CLIENT, CLIENT_SECRET, disk, LEAST, problemsOf } from './setting.ts';

const problems = (text: string, environment: Record<string, string> = {}) =>
  problemsOf(() => loadOAuthWebConfig({ ...LEAST, ...environment }, disk(text)));

const FILES: readonly [string, string, RegExp][] = [
  ['no JSON', `{"web": "${CLIENT_SECRET}`, /not JSON/],
  ['neither web nor installed', JSON.stringify(CLIENT), /no web or installed key/],
  ['a service account’s key', JSON.stringify({ type: 'service_account' }), /no web or installed/],
  ['no secret', JSON.stringify({ web: { ...CLIENT, client_secret: undefined } }), /client_secret/],
  ['no redirect URI', JSON.stringify({ web: { ...CLIENT, redirect_uris: [] } }), /redirect_uris/],
  [
    'a token endpoint without TLS',
    JSON.stringify({ web: { ...CLIENT, token_uri: 'http://tokens.example' } }),
    /token_uri/,
  ],
];
for (const [what, text, expected] of FILES) {
  it(`a client file with ${what} is a problem of OAUTH_CLIENT_FILE, and nothing of it is told`, () => {
    const [problem, ...more] = problems(text);
    assert.deepEqual(more, []);
    assert.equal(problem?.variable, 'OAUTH_CLIENT_FILE');
    assert.match(problem.problem, expected);
    assert.ok(!JSON.stringify(problem).includes(CLIENT_SECRET));
    assert.ok(!JSON.stringify(problem).includes('tokens.example'));
  });
}

it('takes the client of an installed app as well', () => {
  assert.deepEqual(problems(JSON.stringify({ installed: CLIENT })), []);
});

it('a redirect URI that the file lacks is a problem of OAUTH_REDIRECT_URI', () => {
  const [problem, ...more] = problems(JSON.stringify({ web: CLIENT }), {
    OAUTH_REDIRECT_URI: 'https://elsewhere.example/oauth2',
  });
  assert.deepEqual(more, []);
  assert.equal(problem?.variable, 'OAUTH_REDIRECT_URI');
  assert.match(problem.problem, /none of the redirect URIs/);
});

it('does not repeat OAUTH_CLIENT_FILE: it may hold the client itself', () => {
  const [problem] = problems('', { OAUTH_CLIENT_FILE: CLIENT_SECRET });
  assert.match(problem?.problem ?? '', /can’t be read/);
  assert.ok(!JSON.stringify(problem).includes(CLIENT_SECRET));
});
