import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from '../../lib/errors.ts';
import { userName } from '../../lib/names.ts';
import { consolePages } from '../../lib/project/console.ts';
import { openStore } from '../../lib/store/open-store.ts';
import type { Store } from '../../lib/store/store.ts';
import { type Check, hasFailed, type Scene } from '../check.ts';
import { about, type Finding, failed, needs, ok, type Result, skipped } from '../finding.ts';
import { lookAtKeys } from './keys.ts';
import { lookAtKms } from './kms.ts';
import { reaching } from './network.ts';
import { lookAtTtl } from './ttl.ts';

/** Whether the store is there and can be written, and whether what is in it can be opened. */
export const store: Check = {
  title: 'Store and keys',
  async look(scene) {
    const kms = await lookAtKms(scene);
    const inStore = await lookAtStore({ ...scene, before: [...scene.before, ...kms] });
    return [...kms, ...inStore];
  },
};

async function lookAtStore(scene: Scene): Promise<Result[]> {
  const { setting } = scene;
  if (setting.store === undefined) return [about('store', needs('STORE'))];
  const { kind } = setting.store;
  if (kind === 'sqlite') return lookAtFile(setting.store.path, scene);
  const host = setting.emulators.firestore ?? 'firestore.googleapis.com';
  if (hasFailed(scene, reaching(host))) return [about('store', needs(`${host}, see above`))];
  if (setting.emulators.firestore === undefined && hasFailed(scene, 'credentials')) {
    return [about('store', needs('credentials, see above'))];
  }
  const [inside, ttl] = await Promise.all([lookInside(scene), lookAtTtl(scene)]);
  return [...inside, ...ttl];
}

/** Opening a database that isn't there would make it. */
async function lookAtFile(path: string, scene: Scene): Promise<Result[]> {
  if (existsSync(path)) return lookInside(scene);
  const finding = mayBeMadeIn(dirname(path))
    ? ok(`the database ${path} isn’t there yet: the processes make it, and may`)
    : failed(
        `the database ${path} isn’t there, and can’t be made`,
        `Make its folder, for the account that both processes run as: mkdir -p -m 700 ${dirname(path)}`,
      );
  return [about('store', finding), about('keys', skipped('nothing is stored yet'))];
}

function mayBeMadeIn(folder: string): boolean {
  try {
    if (!existsSync(folder)) return dirname(folder) !== folder && mayBeMadeIn(dirname(folder));
    accessSync(folder, constants.W_OK | constants.X_OK);
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}

async function lookInside(scene: Scene): Promise<Result[]> {
  const { setting, project } = scene;
  if (setting.store === undefined) return [];
  let opened: Store | undefined;
  try {
    opened = await openStore({ ...setting.store, projectId: project });
    await opened.ping();
    const written = await writeAndForget(opened, scene);
    return [about('store', ok(nameOf(setting.store))), written, await lookAtKeys(opened, scene)];
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return [about('store', explain(error, scene))];
  } finally {
    // Firestore's client may still wait for an answer.
    opened?.close().catch(() => {});
  }
}

function nameOf(store: NonNullable<Scene['setting']['store']>): string {
  return store.kind === 'sqlite'
    ? `the database ${store.path} is there`
    : `the Firestore database ${store.database} is there`;
}

/** A record of nobody's, by the same calls as everything else. It is gone afterwards. */
async function writeAndForget(opened: Store, { randomBytes, clock }: Scene): Promise<Result> {
  const nobody = userName.parse(`users/postern-doctor-${randomBytes(8).toString('hex')}`);
  try {
    await opened.people.keepTimeZone(nobody, 'UTC');
    const kept = await opened.people.timeZone(nobody);
    if (kept !== 'UTC') return about('store-write', lost());
    return about('store-write', ok('it can be written, read and deleted from'));
  } finally {
    await opened.forgetPerson(nobody, clock());
  }
}

function lost(): Finding {
  return failed(
    'what is written to the store can’t be read again',
    'See that both processes and this name the same STORE.',
  );
}

function mendFile({ code }: StoreError, path: string): string {
  if (code === 'store_corrupt') {
    return 'Correct STORE if the database is elsewhere; otherwise see “Back up and restore” in docs/runbook.md.';
  }
  return `Correct STORE, or see who may write there, ls -la ${dirname(path)}, and who has it open, fuser -v ${path}`;
}

function explain(error: StoreError, { setting, project }: Scene): Finding {
  if (setting.store?.kind === 'sqlite')
    return failed(error.message, mendFile(error, setting.store.path));
  const at = project === undefined ? '' : ` --project=${project}`;
  return failed(
    error.message,
    `gcloud firestore databases describe --database=${setting.store?.database}${at}\n` +
      `If it isn’t there: npm run setup -- --project=${project ?? 'PROJECT'} --location=LOCATION, or ${consolePages(project).firestore}`,
  );
}
