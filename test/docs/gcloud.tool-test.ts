import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { z } from 'zod';
import { sdkRoot } from '../support/emulators.ts';
import { documentedCommands } from './markdown.ts';

const root = join(import.meta.dirname, '../..');
const failure = z.object({ code: z.number(), stderr: z.string() });
/** It reads the whole command, and the files that are named in it, before it looks for somebody who is signed in. */
const NOBODY = 'You do not currently have an active account selected.';
const LOCAL = /create-cred-config|config set/;

/** Commands of the documentation that are one, and no name: a sign-in is for a browser. */
const COMMANDS = documentedCommands()
  .map(({ line }) => line)
  .filter((line) => /\bgcloud /.test(line) && !/ login$|^gcloud [a-z -]+-binding$/.test(line));

describe('the commands for gcloud', { concurrency: 2 }, () => {
  let folder: string;
  let env: Record<string, string | undefined>;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'postern-gcloud-'));
    symlinkSync(join(root, 'deploy'), join(folder, 'deploy'));
    writeFileSync(join(folder, 'client_secrets.json'), '{}');
    env = {
      PATH: `${join(sdkRoot(), 'bin')}:${process.env['PATH']}`,
      HOME: folder,
      CLOUDSDK_CONFIG: join(folder, 'config'),
      CLOUDSDK_CORE_PROJECT: 'my-project',
      CLOUDSDK_CORE_DISABLE_PROMPTS: '1',
      CLOUDSDK_CORE_CHECK_GCE_METADATA: 'false',
      // Nobody is asked, whatever this machine could reach: there is no such proxy.
      CLOUDSDK_PROXY_TYPE: 'http',
      CLOUDSDK_PROXY_ADDRESS: '127.0.0.1',
      CLOUDSDK_PROXY_PORT: '1',
      PROJECT: 'my-project',
      SUBSCRIBER: 'serviceAccount:postern-subscriber@my-project.iam.gserviceaccount.com',
    };
  });
  after(() => rmSync(folder, { recursive: true }));
  const run = (line: string) => promisify(execFile)('bash', ['-c', line], { cwd: folder, env });

  for (const line of COMMANDS) {
    if (LOCAL.test(line)) continue;
    it(`are understood, down to the last flag: ${line}`, async () => {
      await assert.rejects(run(line), (error) => {
        const { code, stderr } = failure.parse(error);
        assert.equal(code, 1, stderr);
        assert.ok(stderr.includes(NOBODY), stderr);
        return true;
      });
    });
  }

  it('write the credentials that deploy/ has as an example', async () => {
    const line = COMMANDS.find((command) => command.includes('create-cred-config'));
    await run(line ?? '');
    const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
    assert.deepEqual(
      read(join(folder, 'subscriber-credentials.json')),
      read(join(root, 'deploy/federation/subscriber-credentials.json')),
    );
  });

  it('would be refused for a flag that there isn’t', async () => {
    const line = COMMANDS.find((command) => command.includes('services replace'));
    await assert.rejects(run(`${line} --regoin=europe-west1`), { code: 2 });
  });
});
