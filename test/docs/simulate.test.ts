import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { z } from 'zod';

const project = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(project, file), 'utf8');
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')));

describe('the scripts that the documentation names', () => {
  for (const file of ['README.md', 'CONTRIBUTING.md']) {
    it(`are there: ${file}`, () => {
      const named = [...read(file).matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
      assert.deepEqual(
        named.filter((name) => !Object.hasOwn(scripts, name)),
        [],
      );
    });
  }
});

describe('npm run simulate, as the README has it', () => {
  const [, line = ''] = /^(npm run simulate -- \S+)$/m.exec(read('README.md')) ?? [];

  it('prints what the app did, and ends with 0', async () => {
    const [command = '', ...words] = line.split(' ');
    const { stdout } = await promisify(execFile)(command, words, { cwd: project });
    assert.match(stdout, /^Settled {4}yes$/m);
    assert.match(stdout, /^Outcome {4}parked$/m);
  });

  it('ends with 64 and says what to do when it is told nothing', async () => {
    const failing = promisify(execFile)('npm', ['run', '-s', 'simulate'], { cwd: project });
    await assert.rejects(failing, (error) => {
      const { code, stderr } = z.object({ code: z.number(), stderr: z.string() }).parse(error);
      assert.equal(code, 64);
      assert.match(stderr, /Name the file with the event/);
      return true;
    });
  });
});
