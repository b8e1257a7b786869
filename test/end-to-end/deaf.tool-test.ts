import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { seconds } from '../../src/lib/clock.ts';
import { RULES, RULES_FILE } from '../deploy/monitoring.ts';
import { type Stage, type Subscriber, setStage } from './stage.ts';

const run = promisify(execFile);

describe('a subscriber that has gone deaf', () => {
  let stage: Stage;
  let folder: string;
  let subscriber: Subscriber;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'postern-rules-'));
    stage = await setStage({ dialect: 'add-on', environment: {} });
    subscriber = await stage.startSubscriber();
  });
  after(async () => {
    await stage.end();
    await rm(folder, { recursive: true });
  });

  const scrape = async () => (await fetch(`${subscriber.adminUrl}/metrics`)).text();

  it('shows in /readyz, in a metric, and by the alert rule', async () => {
    await answers(`${subscriber.adminUrl}/readyz`, 200);
    assert.deepEqual(await alertsOn(folder, samples(await scrape())), []);

    stage.google.pubsub.allow(stage.google.subscription, false);
    await answers(`${subscriber.adminUrl}/readyz`, 503);
    const deaf = samples(await scrape());
    assert.ok(deaf.includes('postern_stream_open{stream="events"} 0'));
    assert.deepEqual(await alertsOn(folder, deaf), ['PosternDeaf']);
  });
});

/** `name{labels} value`, without what is explained and the histograms. */
function samples(metrics: string): string[] {
  return metrics.split('\n').filter((line) => /^postern_(stream_open|outage)\b/.test(line));
}

/** Which alerts fire when these samples have stood for five minutes, as Prometheus' own tool sees it. */
async function alertsOn(folder: string, lines: readonly string[]): Promise<string[]> {
  assert.ok(lines.length > 0);
  const series = lines.map((line) => {
    const [name = '', value = ''] = line.split(' ');
    return `      - { series: '${name}', values: '${value}x10' }`;
  });
  const fires = async (alert: string): Promise<boolean> => {
    const file = join(folder, 'silent.yml');
    // It holds when the alert doesn't fire.
    const test = [
      `rule_files: ['${RULES_FILE}']`,
      'tests:',
      '  - interval: 1m',
      '    input_series:',
      ...series,
      '    alert_rule_test:',
      `      - { eval_time: 5m, alertname: ${alert}, exp_alerts: [] }`,
    ];
    await writeFile(file, `${test.join('\n')}\n`);
    try {
      await run('promtool', ['test', 'rules', file]);
      return false;
    } catch (error) {
      const said = String(error instanceof Error && 'stdout' in error ? error.stdout : '');
      const told = String(error instanceof Error && 'stderr' in error ? error.stderr : error);
      // Otherwise the tool is missing, or the rules are no good.
      if (!`${said}${told}`.includes(`alertname: ${alert}, time: 5m`)) throw error;
      return true;
    }
  };
  const firing: string[] = [];
  for (const { alert } of RULES) if (await fires(alert)) firing.push(alert);
  return firing;
}

/** Resolves when this is the answer. Rejects after 5 s. */
async function answers(url: string, status: number): Promise<void> {
  const late = AbortSignal.timeout(seconds(5));
  while ((await fetch(url, { signal: late })).status !== status) await wait(20);
}
