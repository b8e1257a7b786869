import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { ownKey } from '../../src/cli/own-key.ts';
import { openAccountStore } from '../../src/lib/store/sqlite/account.ts';
import { isLocal } from '../../src/lib/store/token-keys.ts';

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

function folderOf(t: TestContext): string {
  const base = mkdtempSync(join(tmpdir(), 'postern-key-'));
  t.after(() => rmSync(base, { recursive: true }));
  return join(base, 'not', 'there', 'yet');
}

describe('the key of a folder', () => {
  it('is made once, for its owner alone', (t) => {
    const folder = folderOf(t);
    const [made, ...more] = ownKey(folder, randomBytes);
    assert.deepEqual(more, []);
    assert.ok(made !== undefined && isLocal(made));
    assert.equal(made.key.length, 32);
    assert.deepEqual(ownKey(folder, randomBytes), [made]);
    assert.deepEqual([modeOf(folder), modeOf(join(folder, 'key'))], ['700', '600']);
    assert.deepEqual(readdirSync(folder), ['key']);
  });

  it('is another one in another folder', (t) => {
    const [one, two] = [ownKey(folderOf(t), randomBytes), ownKey(folderOf(t), randomBytes)];
    assert.notDeepEqual(one, two);
  });

  it('is the one of whoever was first, when two begin at once', (t) => {
    const folder = folderOf(t);
    let first: ReturnType<typeof ownKey> | undefined;
    const late = ownKey(folder, (size) => {
      // The other one comes between our look and our write.
      if (size === 32) first = ownKey(folder, randomBytes);
      return randomBytes(size);
    });
    assert.deepEqual(late, first);
    assert.deepEqual(readdirSync(folder), ['key']);
  });

  it('is not used when others may read it', (t) => {
    const folder = folderOf(t);
    ownKey(folder, randomBytes);
    chmodSync(join(folder, 'key'), 0o640);
    assert.throws(() => ownKey(folder, randomBytes), {
      code: 'store_corrupt',
      message: /chmod 600/,
    });
  });

  it('is not replaced when it isn’t one, and nothing of it is told', (t) => {
    const folder = folderOf(t);
    ownKey(folder, randomBytes);
    const path = join(folder, 'key');
    const cut = readFileSync(path, 'utf8').slice(0, 30);
    writeFileSync(path, cut);
    assert.throws(
      () => ownKey(folder, randomBytes),
      (error: Error) => /delete it/.test(error.message) && !error.message.includes(cut.slice(4)),
    );
    assert.equal(readFileSync(path, 'utf8'), cut);
  });

  it('says so when it can’t be made', (t) => {
    const folder = folderOf(t);
    ownKey(folder, randomBytes);
    const inAFile = join(folder, 'key', 'deeper');
    assert.throws(() => ownKey(inAFile, randomBytes), { code: 'store_unavailable' });
  });
});

describe('the account beside it', () => {
  it('is for its owner alone, too', async (t) => {
    const folder = folderOf(t);
    const path = join(folder, 'account.sqlite');
    const store = openAccountStore(path);
    t.after(() => store.close());
    assert.deepEqual([modeOf(folder), modeOf(path)], ['700', '600']);
  });
});
