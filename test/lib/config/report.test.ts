import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadOAuthWebConfig, loadSubscriberConfig } from '../../../src/lib/config/config.ts';
import { disk, LEAST, problemsOf } from './setting.ts';

it('reports everything at once: variable, problem, remedy', () => {
  const load = () => loadSubscriberConfig({ ADMIN_PORT: 'high', STORE: 'paper' }, disk(''));
  const problems = problemsOf(load);
  assert.deepEqual(problems.map(({ variable }) => variable).toSorted(), [
    'ADMIN_PORT',
    'OAUTH_CLIENT_FILE',
    'PUBSUB_SUBSCRIPTION',
    'PUBSUB_TOPIC',
    'STORE',
    'TOKEN_KEYS',
  ]);
  assert.throws(load, ({ message }: Error) => {
    assert.match(message, /^6 problems with the configuration:\n/);
    for (const { variable, problem, remedy } of problems) {
      assert.ok(message.includes(`  ${variable}: ${problem}\n    → ${remedy}`), message);
    }
    return true;
  });
});

it('oauth-web needs neither a subscription nor a topic', () => {
  const { TOKEN_KEYS } = LEAST;
  assert.deepEqual(
    problemsOf(() => loadOAuthWebConfig({ TOKEN_KEYS }, disk())),
    [],
  );
});

describe('with delegation, the subscriber', () => {
  const delegating = { ...LEAST, USER_AUTH: 'delegation' };

  it('needs no OAuth client, and has none', () => {
    const { userAuth } = loadSubscriberConfig(
      { ...delegating, OAUTH_CLIENT_FILE: 'missing.json', OAUTH_REDIRECT_URI: 'nonsense' },
      disk(''),
    );
    assert.equal(userAuth.kind, 'delegation');
    assert.ok(!('oauth' in userAuth));
  });

  it('reports every problem with it, beside the others', () => {
    const bad = { DELEGATION_ACCOUNT: 'x', DELEGATION_TOKEN_URL: 'x', IAM_CREDENTIALS_URL: 'x' };
    const load = () => loadSubscriberConfig({ ...delegating, ...bad, ADMIN_PORT: 'x' }, disk(''));
    assert.deepEqual(
      problemsOf(load)
        .map(({ variable }) => variable)
        .toSorted(),
      ['ADMIN_PORT', 'DELEGATION_ACCOUNT', 'DELEGATION_TOKEN_URL', 'IAM_CREDENTIALS_URL'],
    );
  });
});

it('with consent, nothing of delegation is a problem', () => {
  const load = () => loadSubscriberConfig({ ...LEAST, DELEGATION_ACCOUNT: 'x' }, disk());
  assert.deepEqual(problemsOf(load), []);
});
