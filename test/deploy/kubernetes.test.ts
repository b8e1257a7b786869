import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { z } from 'zod';
import { documentsOf } from './documents.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const object = z.looseObject({ apiVersion: z.string(), kind: z.string() });
const objects = ['postern.yaml', 'ingress.yaml']
  .flatMap((file) => documentsOf(`kubernetes/${file}`))
  .map((document) => object.parse(document));
const ingress = z.looseObject({
  spec: z.looseObject({
    tls: z.array(z.object({ hosts: z.array(z.string()), secretName: z.string() })),
    rules: z.array(
      z.object({
        host: z.string(),
        http: z.object({
          paths: z.array(
            z.object({
              path: z.string(),
              pathType: z.string(),
              backend: z.object({
                service: z.object({ name: z.string(), port: z.object({ number: z.number() }) }),
              }),
            }),
          ),
        }),
      }),
    ),
  }),
});
const service = z.looseObject({
  kind: z.literal('Service'),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({ ports: z.array(z.object({ port: z.number(), targetPort: z.number() })) }),
});

describe('the Kubernetes manifests', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'postern-kubernetes-'));
  });
  after(() => rm(folder, { recursive: true }));

  /** What the compiler has against objects, as literals of the types that Kubernetes' API description gives. */
  const complaints = async (given: readonly z.infer<typeof object>[]): Promise<string> => {
    const lines = given.map(
      (one, index) =>
        `export const o${index}: Kinds['${one.apiVersion} ${one.kind}'] = ${JSON.stringify(one)};`,
    );
    const file = join(folder, 'objects.ts');
    const kinds = join(root, 'test/deploy/kinds.ts');
    await writeFile(file, [`import type { Kinds } from '${kinds}';`, ...lines].join('\n'));
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--allowImportingTsExtensions'];
    const modules = ['--module', 'nodenext', '--moduleResolution', 'nodenext', '--types', ''];
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    try {
      await run(process.execPath, [tsc, ...options, ...modules, file], { cwd: folder });
      return '';
    } catch (error) {
      return String(error instanceof Error && 'stdout' in error ? error.stdout : error);
    }
  };

  it('are what Kubernetes’ API description allows, down to each field', async () => {
    assert.equal(await complaints(objects), '');
  });

  for (const { what, from, to } of [
    { what: 'a misspelt field', from: '"replicas":', to: '"replica":' },
    { what: 'a misspelt field far down', from: '"periodSeconds":', to: '"periodSecond":' },
    { what: 'a number that is a text', from: '"maxSkew":1', to: '"maxSkew":"1"' },
    { what: 'a field that is missing', from: '"topologyKey":"kubernetes.io/hostname",', to: '' },
  ]) {
    it(`would be found out for ${what}`, async () => {
      const text = JSON.stringify(objects);
      assert.ok(text.includes(from));
      const altered = z.array(object).parse(JSON.parse(text.replace(from, to)));
      assert.match(await complaints(altered), /^objects\.ts\(\d+,\d+\): error TS2/);
    });
  }

  it('let nothing in from outside but the callback, by TLS, to a service that there is', () => {
    const { spec } = ingress.parse(objects.find(({ kind }) => kind === 'Ingress'));
    const services = objects.flatMap((one) => service.safeParse(one).data ?? []);
    const [{ host, http } = assert.fail('no rule'), ...others] = spec.rules;
    assert.deepEqual(others, []);
    assert.deepEqual(
      spec.tls.map(({ hosts }) => hosts),
      [[host]],
    );
    for (const { path, pathType, backend } of http.paths) {
      assert.deepEqual([path, pathType], ['/oauth2', 'Exact']);
      const target = services.find(({ metadata }) => metadata.name === backend.service.name);
      assert.ok(target?.spec.ports.some(({ port }) => port === backend.service.port.number));
    }
  });
});
