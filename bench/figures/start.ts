import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Contestant, start } from '../contestants/contestants.ts';
import { type Lab, subscriptionIn } from '../lab.ts';
import { median } from '../stats.ts';
import { ms, type Row, times } from './row.ts';

const STORES = ['sqlite', 'firestore'] as const;
type StoreName = (typeof STORES)[number];

/** What a process that uses these stores can't do without. */
const LIBRARIES: Readonly<Record<StoreName, readonly string[]>> = {
  sqlite: ['@google-cloud/pubsub', '@googleapis/chat', 'google-auth-library'],
  firestore: [
    '@google-cloud/pubsub',
    '@googleapis/chat',
    'google-auth-library',
    '@google-cloud/firestore',
  ],
};

interface Start {
  /** Until Pub/Sub has its stream: from then on it gets events. */
  pullingMs: number;
  /** Until `/readyz` says so. */
  readyMs: number;
}

/** From the start of the process to its getting events, against the time that importing Google's libraries takes. */
export async function measureStart(lab: Lab): Promise<Row[]> {
  const rows: Row[] = [];
  for (const store of STORES) rows.push(await measureWith(lab, store));
  return rows;
}

async function measureWith(lab: Lab, store: StoreName): Promise<Row> {
  const cache = { NODE_COMPILE_CACHE: join(lab.folder, 'compile-cache') };
  const first = await start(lab, `postern, ${store}`, { people: 1, environment: cache });
  const starts: Start[] = [];
  const bareStarts: number[] = [];
  const imports: number[] = [];
  const cachedImports: number[] = [];
  await until(() => isPulling(lab, first));
  await first.stop();
  await importing(LIBRARIES[store], cache);
  for (let nth = 0; nth < lab.sizes.starts; nth++) {
    imports.push(await importing(LIBRARIES[store], {}));
    cachedImports.push(await importing(LIBRARIES[store], cache));
    starts.push(await startOnce(lab, store, first.store, cache));
    bareStarts.push(await startBare(lab, cache));
  }
  const alone = median(imports);
  const cached = median(cachedImports);
  const bare = median(bareStarts);
  const pulling = median(starts.map(({ pullingMs }) => pullingMs));
  const ready = median(starts.map(({ readyMs }) => readyMs));
  return {
    figure: `Start → Pub/Sub has the stream, ${store === 'sqlite' ? 'SQLite' : 'Firestore'}, with a compile cache`,
    goal: '≤ 1.2× importing Google’s libraries alone',
    measured:
      `${ms(pulling)}: ${times(pulling / alone)} the import alone (${ms(alone)}), ` +
      `${times(pulling / cached)} that with a compile cache, too (${ms(cached)}), ` +
      `${times(pulling / bare)} bare’s start (${ms(bare)})`,
    met: pulling <= 1.2 * alone,
    note: `\`/readyz\` follows after ${ms(ready)}: Pub/Sub doesn’t confirm a stream, so half a second without a refusal has to do`,
    data: { imports, cachedImports, starts, bareStarts },
  };
}

async function startOnce(
  lab: Lab,
  store: StoreName,
  location: string,
  environment: Record<string, string>,
): Promise<Start> {
  const place = lab.newPlace();
  const options = { place, people: 1, store: location, environment };
  const begunAt = performance.now();
  const contestant = await start(lab, `postern, ${store}`, options);
  await until(() => isPulling(lab, contestant));
  const pullingMs = performance.now() - begunAt;
  await until(() => isReady(contestant));
  const readyMs = performance.now() - begunAt;
  await contestant.kill();
  return { pullingMs, readyMs };
}

/** Which takes what the import alone leaves out: to make a client of Google's, and to open a stream. */
async function startBare(lab: Lab, environment: Record<string, string>): Promise<number> {
  const begunAt = performance.now();
  const contestant = await start(lab, 'bare', { environment });
  await until(() => isPulling(lab, contestant));
  const tookMs = performance.now() - begunAt;
  await contestant.kill();
  return tookMs;
}

function isPulling({ pubsub }: Lab, { place }: Contestant): boolean {
  return pubsub.backlog(subscriptionIn(place.project)).consumers > 0;
}

async function isReady({ adminUrl }: Contestant): Promise<boolean> {
  return fetch(`${adminUrl}/readyz`).then(
    (response) => response.ok,
    () => false,
  );
}

/** Looks every two milliseconds. */
async function until(is: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await is())) await wait(2);
}

async function importing(
  libraries: readonly string[],
  environment: Record<string, string>,
): Promise<number> {
  const script = `await Promise.all([${libraries.map((name) => `import('${name}')`).join()}]); process.stdout.write('.')`;
  const begunAt = performance.now();
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const tookMs = performance.now() - begunAt;
  await once(child, 'exit');
  return tookMs;
}
