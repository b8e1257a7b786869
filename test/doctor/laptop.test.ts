import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { type Laptop, startLaptop } from '../end-to-end/laptop.ts';

describe('the doctor, of what npm start runs,', () => {
  let laptop: Laptop;
  before(async () => {
    laptop = await startLaptop();
  });
  after(() => laptop.end());

  it('finds nothing wrong, by the command that npm start prints', async () => {
    const line = laptop.output.find((printed) => printed.startsWith('Is all of it well?'));
    const [program = '', ...args] = line?.replace(/^.*\? */, '').split(' ') ?? [];
    assert.equal(program, 'node');
    const { promise, resolve } = Promise.withResolvers<{ code: unknown; out: string }>();
    const env = { PATH: process.env['PATH'] };
    execFile(process.execPath, args, { env }, (error, out, err) =>
      resolve({ code: error?.code ?? 0, out: out + err }),
    );
    const { code, out } = await promise;
    assert.equal(code, 0, out);
    assert.match(out, /\n0 failed, \d+ ok, 0 skipped, 0 unknown\.\n$/);
  });
});
