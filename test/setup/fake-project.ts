import type { Answered, GoogleApi } from '../../src/lib/project/google-api.ts';

import { type FakeKms, ofKms } from './fake-kms.ts';
import { ok, type Reply, type Routes, refusal } from './reply.ts';

interface Binding {
  role: string;
  members: string[];
  condition?: object;
}

/** A Google Cloud project, as far as its REST APIs are asked by set-up. Whatever else is asked of them is refused. */
export interface FakeProject {
  api: GoogleApi;
  enabled: Set<string>;
  accounts: Map<string, string>;
  policy: { version: number; etag: string; bindings: Binding[] };
  databases: Map<string, { locationId: string; type: string; ttl: Set<string> }>;
  kms: FakeKms;
  /** Answers everything with this HTTP status from now on. */
  refuse(status: number, reason: string): void;
}

export const NUMBER = '123456789012';

export function fakeProject(id: string): FakeProject {
  const project: Omit<FakeProject, 'api' | 'refuse'> = {
    enabled: new Set(),
    accounts: new Map(),
    policy: { version: 1, etag: 'e0', bindings: [] },
    databases: new Map(),
    kms: { rings: new Set(), keys: new Map() },
  };
  let refused: Reply | undefined;
  const routes = [
    ...ofServices(project),
    ...ofIam(project),
    ...ofFirestore(project),
    ...ofKms(project.kms),
  ];

  const call = (method: string, url: string, body: object): Reply => {
    if (refused !== undefined) return refused;
    const asked = `${method} ${url.replaceAll(`projects/${id}`, 'projects/P')}`;
    for (const [route, handler] of routes) {
      const match = route.exec(asked);
      if (match !== null) return handler(match, { ...body });
    }
    throw new Error(`Nobody should ask this: ${asked}`);
  };
  const answer = <T>(reply: Reply, parse: (value: unknown) => T): Answered<T> =>
    reply.status === 200
      ? { kind: 'answer', value: parse(reply.body) }
      : { kind: 'refused', status: reply.status, reason: '' };
  return {
    ...project,
    get policy() {
      return project.policy;
    },
    api: {
      get: (url, content) =>
        Promise.resolve(answer(call('GET', url, {}), (value) => content.parse(value))),
      send: (method, url, body, content) =>
        Promise.resolve(answer(call(method, url, body), (value) => content.parse(value))),
    },
    refuse(status, reason) {
      refused = refusal(status, reason);
    },
  };
}

type State = Omit<FakeProject, 'api' | 'refuse'>;

function ofServices({ enabled }: State): Routes {
  return [
    [
      /^GET https:\/\/serviceusage\.googleapis\.com\/v1\/projects\/P\/services:batchGet\?(.+)$/,
      ([, query = '']) =>
        ok({
          services: new URLSearchParams(query).getAll('names').map((name) => ({
            name: name.replace('projects/P', `projects/${NUMBER}`),
            state: enabled.has(name.replace(/^.*\//, '')) ? 'ENABLED' : 'DISABLED',
          })),
        }),
    ],
    [
      /^POST https:\/\/serviceusage\.googleapis\.com\/v1\/projects\/P\/services\/([\w.]+):enable$/,
      ([, name = '']) => {
        enabled.add(name);
        return ok({ name: 'operations/acat.1' });
      },
    ],
    [
      /^GET https:\/\/serviceusage\.googleapis\.com\/v1\/operations\/acat\.1$/,
      () => ok({ name: 'operations/acat.1', done: true }),
    ],
  ];
}

function ofIam(state: State): Routes {
  const { accounts } = state;
  const root = String.raw`https:\/\/cloudresourcemanager\.googleapis\.com\/v3\/projects\/P`;
  return [
    [
      /^GET https:\/\/iam\.googleapis\.com\/v1\/projects\/P\/serviceAccounts\/(.+)$/,
      ([, email = '']) => (accounts.has(email) ? ok({ email }) : refusal(404, 'NOT_FOUND')),
    ],
    [
      /^POST https:\/\/iam\.googleapis\.com\/v1\/projects\/P\/serviceAccounts$/,
      (_match, { accountId, serviceAccount }) => {
        accounts.set(
          `${String(accountId)}@new.iam.gserviceaccount.com`,
          JSON.stringify(serviceAccount),
        );
        return ok({});
      },
    ],
    [new RegExp(`^GET ${root}$`), () => ok({ name: `projects/${NUMBER}` })],
    [new RegExp(`^POST ${root}:getIamPolicy$`), () => ok(structuredClone(state.policy))],
    [
      new RegExp(`^POST ${root}:setIamPolicy$`),
      (_match, body) => {
        const { policy } = body as { policy: FakeProject['policy'] };
        if (policy.etag !== state.policy.etag) return refusal(409, 'ABORTED');
        state.policy = { ...structuredClone(policy), etag: `${policy.etag}+` };
        return ok(state.policy);
      },
    ],
  ];
}

function ofFirestore({ databases }: State): Routes {
  const root = String.raw`https:\/\/firestore\.googleapis\.com\/v1\/projects\/P\/databases`;
  const field = String.raw`\/([\w-]+)\/collectionGroups\/(\w+)\/fields`;
  return [
    [
      new RegExp(`^GET ${root}\\/([\\w-]+)$`),
      ([, name = '']) => {
        const found = databases.get(name);
        return found === undefined ? refusal(404, 'NOT_FOUND') : ok({ ...found, ttl: undefined });
      },
    ],
    [
      new RegExp(`^POST ${root}\\?databaseId=([\\w-]+)$`),
      ([, name = ''], { locationId, type }) => {
        databases.set(name, { locationId: String(locationId), type: String(type), ttl: new Set() });
        return ok({ name: 'projects/P/databases/d/operations/1', done: true });
      },
    ],
    [
      new RegExp(`^GET ${root}${field}\\?filter=ttlConfig:\\*$`),
      ([, name = '', collection = '']) => {
        const ttl = [...(databases.get(name)?.ttl ?? [])].filter((one) =>
          one.startsWith(collection),
        );
        const fields = ttl.map((one) => ({
          name: `projects/P/databases/${name}/collectionGroups/${one.replace('.', '/fields/')}`,
          ttlConfig: { state: 'CREATING' },
        }));
        return ok(fields.length === 0 ? {} : { fields });
      },
    ],
    [
      new RegExp(`^PATCH ${root}${field}\\/(\\w+)\\?updateMask=ttlConfig$`),
      ([, name = '', collection = '', one = '']) => {
        databases.get(name)?.ttl.add(`${collection}.${one}`);
        return ok({ name: 'projects/P/databases/d/operations/2' });
      },
    ],
  ];
}
