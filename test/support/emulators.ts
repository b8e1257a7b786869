import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../simulator/free-port.ts';

/** One of Google's emulators, running. */
export interface Emulator {
  /** `host:port`, as `PUBSUB_EMULATOR_HOST` and `FIRESTORE_EMULATOR_HOST` want it. */
  host: string;
  stop(): Promise<void>;
}

/** Google's Pub/Sub emulator on a free port. Use a fresh project id per test: it knows no reset. */
export function startPubSubEmulator(): Promise<Emulator> {
  const folder = join(sdkRoot(), 'platform/pubsub-emulator/lib');
  const jar = readdirSync(folder).find((file) => /^cloud-pubsub-emulator-.*\.jar$/.test(file));
  if (jar === undefined) throw new Error(`No Pub/Sub emulator in ${folder}`);
  return start((port) => ['-jar', join(folder, jar), '--host=127.0.0.1', `--port=${port}`]);
}

/** Google's Firestore emulator on a free port. Use a fresh project id per test. */
export function startFirestoreEmulator(): Promise<Emulator> {
  const jar = join(sdkRoot(), 'platform/cloud-firestore-emulator/cloud-firestore-emulator.jar');
  return start((port) => [
    '-Duser.language=en',
    '-cp',
    jar,
    'com.google.cloud.datastore.emulator.firestore.CloudFirestore',
    'start',
    '--host=127.0.0.1',
    `--port=${port}`,
  ]);
}

/** The folder of the Google Cloud SDK. @throws when there is none with the emulators */
export function sdkRoot(): string {
  const candidates = [
    process.env['CLOUDSDK_ROOT_DIR'],
    '/usr/lib/google-cloud-sdk',
    join(process.env['HOME'] ?? '/', 'google-cloud-sdk'),
  ].filter((folder) => folder !== undefined);
  const found = candidates.find((folder) => existsSync(join(folder, 'platform')));
  if (found === undefined) {
    throw new Error(
      'Google Cloud SDK not found. Install it with the components pubsub-emulator and ' +
        `cloud-firestore-emulator, or set CLOUDSDK_ROOT_DIR. Looked in: ${candidates.join(', ')}`,
    );
  }
  return found;
}

async function start(args: (port: number) => string[]): Promise<Emulator> {
  const port = await freePort();
  const java = spawn('java', ['-Xmx512m', ...args(port)], { stdio: 'ignore' });
  const exited = once(java, 'exit').then(() => {
    throw new Error('The emulator ended before it answered. Is Java 17 or later installed?');
  });
  exited.catch(() => {});
  await Promise.race([answering(port), exited]);
  return {
    host: `127.0.0.1:${port}`,
    async stop() {
      if (java.exitCode !== null || java.signalCode !== null) return;
      const ended = once(java, 'exit');
      java.kill('SIGKILL');
      await ended;
    },
  };
}

/** An emulator says nothing when it is ready, so knock until it opens: 30 s at most. */
async function answering(port: number): Promise<void> {
  for (let knock = 0; knock < 600; knock++) {
    if (await opens(port)) return;
    await delay(50);
  }
  throw new Error(`Nothing listens on port ${port} after 30 s`);
}

function opens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
