import assert from 'node:assert/strict';
import { it } from 'node:test';
import { freePort } from '../../simulator/free-port.ts';
import { DASHBOARD_QUERIES, namedIn, RULES } from '../deploy/monitoring.ts';
import { isPost } from './messages.ts';
import { setStage } from './stage.ts';

/** All labels that there may be. None says who or where; `messaging_…` and `stream` are of the configuration. */
const LABELS = new Set([
  'error_type',
  'http_request_method',
  'http_response_status_code',
  'http_route',
  'le',
  'messaging_destination_subscription_name',
  'messaging_operation_name',
  'messaging_system',
  'outcome',
  'reason',
  'result',
  'state',
  'stream',
  'url_scheme',
]);

it('exports every metric and label that alerts and dashboard ask for, and no other label', async (t) => {
  const webAdminPort = await freePort();
  const stage = await setStage({
    dialect: 'classic',
    environment: { OAUTH_WEB_ADMIN_PORT: String(webAdminPort) },
  });
  t.after(() => stage.end());
  const { adminUrl } = await stage.startSubscriber();
  await stage.write(stage.ana, '@Postern post good morning');
  await stage.consent(await stage.link(stage.ana), stage.ana);
  await stage.until('her post', () => stage.seen(stage.bruno).find(isPost));
  await stage.write(stage.ana, '@Postern help');
  stage.notify({ space: stage.room, text: 'the build is green' });
  await stage.until('the notification', () =>
    stage.seen(stage.bruno).find(({ resource }) => resource.text?.includes('green')),
  );

  const read = async (url: string) => (await fetch(`${url}/metrics`)).text();
  const exported = async () =>
    `${await read(adminUrl)}${await read(`http://127.0.0.1:${webAdminPort}`)}`;
  let text = await exported();
  // An answer stands in Chat before it is counted.
  const last = [/^postern_notifications_total\{/m, /^postern_reply_latency_seconds_count /m];
  while (!last.every((line) => line.test(text))) text = await exported();
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const names = new Set(samples.map((line) => /^\w+/.exec(line)?.[0]));
  const labels = new Set(
    samples.flatMap((line) => [...line.matchAll(/(\w+)="/g)].map(([, label = '']) => label)),
  );
  const asked = namedIn([...RULES, ...DASHBOARD_QUERIES].map(({ expr }) => expr));
  assert.deepEqual(
    asked.metrics.filter((name) => !names.has(name)),
    [],
  );
  assert.deepEqual(
    asked.labels.filter((label) => !labels.has(label)),
    [],
  );
  assert.deepEqual(
    [...labels].filter((label) => !LABELS.has(label)),
    [],
  );
  for (const secret of ['spaces/', 'users/', stage.ana.id, stage.ana.email, 'green']) {
    assert.ok(!samples.join('\n').includes(secret), secret);
  }
});
