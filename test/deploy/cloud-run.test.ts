import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { VARIABLES } from '../../src/lib/config/variables.ts';
import { documentsOf } from './documents.ts';

/**
 * What annotations each kind, and its revisions, may have, of those that Cloud Run documents (the reference of the Admin API,
 * v1, at ObjectMeta; for worker pools the page on their manual scaling). Nothing else tells of one that is misspelt.
 */
const ANNOTATIONS = {
  Service: ['run.googleapis.com/ingress', 'run.googleapis.com/invoker-iam-disabled'],
  WorkerPool: ['run.googleapis.com/scalingMode', 'run.googleapis.com/manualInstanceCount'],
  revision: [
    'autoscaling.knative.dev/minScale',
    'autoscaling.knative.dev/maxScale',
    'run.googleapis.com/cpu-throttling',
    'run.googleapis.com/startup-cpu-boost',
    'run.googleapis.com/execution-environment',
  ],
} as const;

/** How long Cloud Run waits after SIGTERM, in seconds (container runtime contract). */
const GRACE_SECONDS = 10;

const metadata = z.object({
  name: z.string().optional(),
  annotations: z.record(z.string(), z.string()),
});
const env = z.array(z.looseObject({ name: z.string(), value: z.string().optional() }));
const resource = z.looseObject({
  apiVersion: z.string(),
  kind: z.enum(['Service', 'WorkerPool']),
  metadata,
  spec: z.looseObject({
    template: z.looseObject({
      metadata,
      spec: z.looseObject({
        serviceAccountName: z.string(),
        containers: z.array(z.looseObject({ env })),
        volumes: z.array(z.object({ name: z.string(), secret: z.unknown() })),
      }),
    }),
  }),
});
const read = (file: string) => resource.parse(documentsOf(`cloudrun/${file}`)[0]);
const web = read('oauth-web.service.yaml');
const pool = read('subscriber.workerpool.yaml');

describe('Cloud Run', () => {
  for (const one of [web, pool]) {
    it(`is told only what it knows, in annotations: ${one.kind}`, () => {
      const known: readonly string[] = ANNOTATIONS[one.kind];
      for (const name of Object.keys(one.metadata.annotations))
        assert.ok(known.includes(name), name);
      const ofRevisions: readonly string[] = ANNOTATIONS.revision;
      for (const name of Object.keys(one.spec.template.metadata.annotations)) {
        assert.ok(ofRevisions.includes(name), name);
      }
    });

    it(`runs it as the account that set-up makes for it: ${one.kind}`, () => {
      const account = `${one.metadata.name}@my-project.iam.gserviceaccount.com`;
      assert.equal(one.spec.template.spec.serviceAccountName, account);
    });
  }

  it('finds each kind under the API that has it', () => {
    assert.equal(web.apiVersion, 'serving.knative.dev/v1');
    assert.equal(pool.apiVersion, 'run.googleapis.com/v1');
  });

  it('keeps two subscribers, and one oauth-web that has its processor also between requests', () => {
    assert.equal(pool.metadata.annotations['run.googleapis.com/manualInstanceCount'], '2');
    const { annotations } = web.spec.template.metadata;
    assert.equal(annotations['autoscaling.knative.dev/minScale'], '1');
    assert.equal(annotations['run.googleapis.com/cpu-throttling'], 'false');
  });

  it('takes both processes’ secrets from the same versions of the same secrets', () => {
    const secretsOf = ({ spec }: typeof web) => [
      spec.template.spec.containers[0]?.env.find(({ name }) => name === 'TOKEN_KEYS'),
      spec.template.spec.volumes,
    ];
    assert.deepEqual(secretsOf(web), secretsOf(pool));
  });

  it('gives a subscriber the time that it takes to stop', () => {
    const variables = pool.spec.template.spec.containers[0]?.env;
    const drain = variables?.find(({ name }) => name === 'DRAIN_SECONDS')?.value;
    assert.ok(VARIABLES.DRAIN_SECONDS.schema.parse(drain) < GRACE_SECONDS);
  });
});
