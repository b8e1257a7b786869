import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const UNITS = ['postern-subscriber.service', 'postern-oauth-web.service'];
/** Of 10, which is no protection at all. */
const WORST_EXPOSURE = 2;

describe('the systemd units', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'postern-units-'));
    for (const unit of UNITS) {
      const file = join(folder, unit);
      await cp(join(root, 'deploy/systemd', unit), file);
      // Where they are installed, there is a Node of the system's; here is the one that runs the tests.
      const text = await readFile(file, 'utf8');
      assert.match(text, /^ExecStart=\/usr\/bin\/node /m);
      await writeFile(file, text.replace('/usr/bin/node', process.execPath));
    }
  });
  after(() => rm(folder, { recursive: true }));

  for (const unit of UNITS) {
    it(`are understood by systemd, down to each setting: ${unit}`, async () => {
      const { stderr } = await run('systemd-analyze', ['verify', '--man=no', join(folder, unit)]);
      const own = stderr.split('\n').filter((line) => line.includes(unit));
      assert.deepEqual(own, []);
    });

    it(`leave the process little that it doesn’t need: ${unit}`, async () => {
      const threshold = `--threshold=${WORST_EXPOSURE * 10}`;
      await run('systemd-analyze', ['security', '--offline=yes', threshold, join(folder, unit)]);
    });
  }
});
