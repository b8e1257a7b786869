import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { clientFile, loadCredentials } from '../../simulator/credentials.ts';
import { noSnapshot } from '../../simulator/snapshot.ts';
import { composed, merged } from './composed.ts';
import { documentsOf } from './documents.ts';

/** One of the processes, as a file in `deploy/` starts it. */
export interface Deployed {
  where: string;
  /** What is run: `node dist/subscriber/main.js`. */
  command: string;
  image: string;
  /** What secrets hold is a placeholder: the secret's name and key. */
  environment: Readonly<Record<string, string>>;
  /** Where files are put for it: folders end with a slash. */
  files: readonly string[];
  /** The ports that others come in by, to it or to ask how it is. */
  ports: readonly number[];
}

const port = z.object({ port: z.number() });
const probe = z.looseObject({ httpGet: port.optional() }).optional();
const container = z.looseObject({
  command: z.array(z.string()),
  image: z.string(),
  env: z.array(
    z.looseObject({
      name: z.string(),
      value: z.string().optional(),
      valueFrom: z
        .object({ secretKeyRef: z.object({ name: z.string(), key: z.string() }) })
        .optional(),
    }),
  ),
  envFrom: z.array(z.object({ configMapRef: z.object({ name: z.string() }) })).default([]),
  ports: z.array(z.looseObject({ containerPort: z.number() })).default([]),
  startupProbe: probe,
  livenessProbe: probe,
  readinessProbe: probe,
  volumeMounts: z.array(z.looseObject({ mountPath: z.string() })).default([]),
});
/** A Deployment of Kubernetes, and a Service or WorkerPool of Cloud Run. */
const workload = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({ spec: z.looseObject({ containers: z.array(container) }) }),
  }),
});
const configMap = z.looseObject({
  kind: z.literal('ConfigMap'),
  data: z.record(z.string(), z.string()),
});

/** What OAUTH_CLIENT_FILE holds. */
export const CLIENT_JSON = JSON.stringify(
  clientFile(
    'my-project',
    loadCredentials('my-project', noSnapshot()),
    'https://accounts.google.com',
    'https://postern.example.com/oauth2',
  ),
);

/** Every process that a container is made for. */
export function deployed(): Deployed[] {
  const kubernetes = documentsOf('kubernetes/postern.yaml');
  const settings = kubernetes.map((document) => configMap.safeParse(document).data?.data ?? {});
  return [
    ...kubernetes.flatMap((document) => containersOf('Kubernetes', document, merged(settings))),
    ...containersOf('Cloud Run', documentsOf('cloudrun/oauth-web.service.yaml')[0]),
    ...containersOf('Cloud Run', documentsOf('cloudrun/subscriber.workerpool.yaml')[0]),
    ...composed('Compose, SQLite', ['compose.yaml'], ofReadme()),
    ...composed('Compose, Firestore', ['compose.yaml', 'firestore.yaml'], ofReadme()),
    ...composed(
      'Compose, federation',
      ['compose.yaml', 'firestore.yaml', 'federation.yaml'],
      ofReadme(),
    ),
  ];
}

function containersOf(
  where: string,
  document: unknown,
  settings: Record<string, string> = {},
): Deployed[] {
  const { success, data } = workload.safeParse(document);
  if (!success) return [];
  return data.spec.template.spec.containers.map((one) => {
    const own = one.env.map(({ name, value, valueFrom }) => ({
      [name]: value ?? `${valueFrom?.secretKeyRef.name}/${valueFrom?.secretKeyRef.key}`,
    }));
    const probes = [one.startupProbe, one.livenessProbe, one.readinessProbe];
    return {
      where,
      command: one.command.join(' '),
      image: one.image,
      environment: merged([...one.envFrom.map(() => settings), ...own]),
      files: one.volumeMounts.map(({ mountPath }) => `${mountPath}/`),
      ports: [
        ...one.ports.map(({ containerPort }) => containerPort),
        ...probes.flatMap((given) => given?.httpGet?.port ?? []),
      ],
    };
  });
}

/** What step 5 of the README puts into `postern.env`. */
export function ofReadme(): Record<string, string> {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  const [, block = ''] =
    /Both processes get this environment:\n\n```sh\n(.*?)```/s.exec(readme) ?? [];
  const lines = [...block.matchAll(/^(\w+)=(.*)$/gm)];
  return Object.fromEntries(lines.map(([, name = '', value = '']) => [name, value]));
}
