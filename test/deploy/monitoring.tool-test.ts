import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { DASHBOARD_QUERIES, RULES_FILE } from './monitoring.ts';

const run = promisify(execFile);

describe('for Prometheus,', () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-monitoring-'));
  after(() => rmSync(folder, { recursive: true }));
  const write = (name: string, lines: readonly string[]): string => {
    const file = join(folder, name);
    writeFileSync(file, `${lines.join('\n')}\n`);
    return file;
  };

  it('the rules are rules', async () => {
    await run('promtool', ['check', 'rules', RULES_FILE]);
  });

  it('the dashboard’s queries are queries', async () => {
    const rules = DASHBOARD_QUERIES.map(
      ({ expr }, nth) => `      - { record: 'query${nth}', expr: ${JSON.stringify(expr)} }`,
    );
    const file = write('dashboard.yml', ['groups:', '  - name: dashboard', '    rules:', ...rules]);
    await run('promtool', ['check', 'rules', file]);
  });

  it('the first of its kind is seen, of which there was no sample before, and no longer than it is news', async () => {
    const labels = '{result="failed",reason="unexpected"}';
    const alert = (minute: number, fires: boolean): string[] => [
      `      - eval_time: ${minute}m`,
      '        alertname: PosternGaveUp',
      ...(fires
        ? [
            '        exp_alerts:',
            '          - exp_labels: { severity: warning, result: failed, reason: unexpected }',
            '            exp_annotations:',
            '              summary: A request was given up after five failures (unexpected).',
            '              description: See it with npm run admin -- requests list, and replay it when its cause is mended.',
          ]
        : ['        exp_alerts: []']),
    ];
    const file = write('first.yml', [
      `rule_files: ['${RULES_FILE}']`,
      'tests:',
      '  - interval: 1m',
      '    input_series:',
      `      - { series: 'postern_events_total${labels}', values: '_x4 1x40' }`,
      '    alert_rule_test:',
      ...alert(3, false),
      ...alert(10, true),
      ...alert(30, false),
    ]);
    const { stdout } = await run('promtool', ['test', 'rules', file]);
    assert.match(stdout, /SUCCESS/);
  });
});
