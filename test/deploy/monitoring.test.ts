import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { CLOUD_POLICIES, DASHBOARD_QUERIES, namedIn, RULES } from './monitoring.ts';

const queryOf = ({ conditions: [condition] }: (typeof CLOUD_POLICIES)[number]) =>
  'conditionPrometheusQueryLanguage' in condition
    ? condition.conditionPrometheusQueryLanguage
    : undefined;

for (const { alert, expr, for: lasting = '0m', labels, annotations } of RULES) {
  it(`${alert} is the same for Prometheus and for Cloud Monitoring`, () => {
    const policy = CLOUD_POLICIES.find(({ displayName }) => displayName === alert);
    assert.ok(policy, 'there is no policy');
    const query = queryOf(policy);
    assert.equal(query?.query, expr);
    assert.equal(query.duration, `${Number.parseInt(lasting, 10) * 60}s`);
    assert.equal(policy.severity, labels.severity.toUpperCase());
    assert.equal(policy.documentation.content, annotations.description.trim());
  });
}

it('Cloud Monitoring has nothing more but what Pub/Sub itself measures', () => {
  const others = CLOUD_POLICIES.filter((policy) => queryOf(policy) === undefined);
  assert.deepEqual(others.map(({ displayName }) => displayName).sort(), [
    'PosternBacklog',
    'PosternDeadLetters',
  ]);
});

it('docs/telemetry.md tells of each alert', () => {
  const page = readFileSync('docs/telemetry.md', 'utf8');
  for (const { displayName } of CLOUD_POLICIES) {
    assert.ok(page.includes(`| \`${displayName}\` |`), displayName);
  }
});

it('docs/telemetry.md tells of each metric and label that is asked for', () => {
  const page = readFileSync('docs/telemetry.md', 'utf8');
  const { metrics, labels } = namedIn([
    ...RULES.map(({ expr }) => expr),
    ...DASHBOARD_QUERIES.map(({ expr }) => expr),
  ]);
  assert.ok(metrics.length > 10);
  for (const name of metrics) {
    const documented = name.replace(/_(bucket|sum|count)$/, '');
    assert.ok(page.includes(`| \`${documented}\` |`), name);
  }
  for (const label of labels.filter((one) => one !== 'le')) assert.ok(page.includes(label), label);
});

it('each curve of the dashboard is called by labels that its query keeps', () => {
  for (const { expr, legendFormat } of DASHBOARD_QUERIES) {
    const { labels } = namedIn([expr]);
    for (const [, label = ''] of legendFormat.matchAll(/\{\{(\w+)\}\}/g)) {
      assert.ok(labels.includes(label) || !expr.includes(' by '), `${label} in ${expr}`);
    }
  }
});
