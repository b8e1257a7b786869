import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const folder = join(import.meta.dirname, '../../deploy/telemetry');
export const RULES_FILE = join(folder, 'prometheus-rules.yml');
const POLICIES = join(folder, 'cloud-monitoring');

const rules = z.object({
  groups: z.tuple([
    z.object({
      rules: z.array(
        z.strictObject({
          alert: z.string(),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
          annotations: z.strictObject({ summary: z.string(), description: z.string() }),
        }),
      ),
    }),
  ]),
});

/** Prometheus' alert rules. */
export const RULES = rules.parse(parse(readFileSync(RULES_FILE, 'utf8'))).groups[0].rules;

/** Cloud Monitoring's `AlertPolicy`, as far as ours go (its REST reference). */
const policy = z.strictObject({
  displayName: z.string(),
  severity: z.enum(['CRITICAL', 'ERROR', 'WARNING']),
  combiner: z.literal('OR'),
  conditions: z.tuple([
    z.union([
      z.strictObject({
        displayName: z.string(),
        conditionPrometheusQueryLanguage: z.strictObject({
          query: z.string(),
          duration: z.string().regex(/^\d+s$/),
          evaluationInterval: z.string().regex(/^\d+s$/),
          alertRule: z.string(),
          ruleGroup: z.string(),
        }),
      }),
      z.strictObject({
        displayName: z.string(),
        conditionThreshold: z.strictObject({
          filter: z.string(),
          comparison: z.literal('COMPARISON_GT'),
          thresholdValue: z.number(),
          duration: z.string().regex(/^\d+s$/),
          aggregations: z.tuple([
            z.strictObject({
              alignmentPeriod: z.string(),
              perSeriesAligner: z.enum(['ALIGN_MAX', 'ALIGN_DELTA']),
            }),
          ]),
        }),
      }),
    ]),
  ]),
  documentation: z.strictObject({ mimeType: z.literal('text/markdown'), content: z.string() }),
  alertStrategy: z.strictObject({ autoClose: z.string() }),
});

export const CLOUD_POLICIES = readdirSync(POLICIES).map((file) =>
  policy.parse(JSON.parse(readFileSync(join(POLICIES, file), 'utf8'))),
);

const dashboard = z.looseObject({
  panels: z.array(
    z.looseObject({
      title: z.string(),
      targets: z.array(z.looseObject({ expr: z.string(), legendFormat: z.string() })),
    }),
  ),
});

/** What the Grafana dashboard asks of Prometheus, with the interval that Grafana would fill in. */
export const DASHBOARD_QUERIES = dashboard
  .parse(JSON.parse(readFileSync(join(folder, 'grafana-dashboard.json'), 'utf8')))
  .panels.flatMap(({ targets }) =>
    targets.map(({ expr, legendFormat }) => ({
      expr: expr.replaceAll('$__rate_interval', '5m'),
      legendFormat,
    })),
  );

export interface Named {
  metrics: string[];
  labels: string[];
}

/** The metrics and the labels that queries name. */
export function namedIn(queries: readonly string[]): Named {
  const text = queries.join('\n').replaceAll(/"[^"]*"/g, '""');
  const metrics = text.match(/\b(?:postern|messaging|http)_\w+(?=[{[\s)])/g) ?? [];
  const matched = [...text.matchAll(/(\w+)(?:=~|!~|!=|=)""/g)].map(([, label = '']) => label);
  const grouped = [...text.matchAll(/\bby \(([\w, ]+)\)/g)].flatMap(([, list = '']) =>
    list.split(/,\s*/),
  );
  const labels = new Set([...matched, ...grouped]);
  return {
    metrics: [...new Set(metrics)].filter((name) => !labels.has(name)),
    labels: [...labels],
  };
}
