import assert from 'node:assert/strict';
import { it } from 'node:test';
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
