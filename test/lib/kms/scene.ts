import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext } from 'node:test';
import express from 'express';
import { createSimulatedKms, type SimulatedKms } from '../../../simulator/kms/kms-api.ts';
import { createKms, type Kms } from '../../../src/lib/kms/cloud-kms.ts';
import { isKmsKeyName, type KmsKeyName } from '../../../src/lib/kms/key-name.ts';
import {
  SERVICE_ACCOUNT,
  SERVICE_KEY_PEM,
  startAccounts,
} from '../../simulator/accounts/harness.ts';
import { serveLocally } from '../../support/local-server.ts';

const RING = 'projects/my-project/locations/europe-west1/keyRings/postern/cryptoKeys';

/** The name of a key in the one key ring. */
export function keyNamed(id: string): KmsKeyName {
  const name = `${RING}/${id}`;
  if (!isKmsKeyName(name)) throw new Error('not the name of a key');
  return name;
}

export const KEY = keyNamed('postern');

/** For the tests of a file: the key file of the simulated service account, as the environment names it. */
export function withKeyFile(): void {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'postern-'));
    const file = {
      type: 'service_account',
      project_id: 'my-project',
      client_email: SERVICE_ACCOUNT.clientEmail,
      private_key_id: SERVICE_ACCOUNT.keyId,
      private_key: SERVICE_KEY_PEM,
    };
    writeFileSync(join(folder, 'key.json'), JSON.stringify(file));
    process.env['GOOGLE_APPLICATION_CREDENTIALS'] = join(folder, 'key.json');
  });
  after(() => {
    delete process.env['GOOGLE_APPLICATION_CREDENTIALS'];
    rmSync(folder, { recursive: true });
  });
}

export interface Scene {
  google: SimulatedKms;
  kms: Kms;
  url: string;
  /** How long it has waited before each repeat, in milliseconds. */
  pauses: number[];
}

/** Postern's client, and a simulated Cloud KMS with {@link KEY}. Waiting takes no time. */
export async function setScene(t: TestContext): Promise<Scene> {
  const accounts = await startAccounts();
  t.after(() => accounts[Symbol.asyncDispose]());
  const google = createSimulatedKms(accounts.accounts.authenticate);
  google.keys.create(KEY);
  const app = express();
  app.use(google.router);
  const server = await serveLocally(app);
  t.after(() => server.close());
  const pauses: number[] = [];
  return { google, url: server.url, pauses, kms: clientOf(server.url, pauses) };
}

export function clientOf(url: string, pauses: number[] = []): Kms {
  return createKms({
    url,
    sleep: async (ms) => void pauses.push(ms),
    random: () => 1,
  });
}
