import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type LedgerView, ledgerFile } from '../../../simulator/journal/ledger.ts';
import { requestId } from '../../../src/lib/names.ts';
import { openSqliteStore } from '../../../src/lib/store/sqlite/sqlite-store.ts';

const ID = requestId.parse('a'.repeat(64));

describe('a look into the app’s ledger', () => {
  let folder: string;
  let path: string;
  let ledger: LedgerView;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'postern-'));
    path = join(folder, 'postern.sqlite');
    ledger = ledgerFile(path);
  });
  afterEach(() => {
    ledger.close();
    rmSync(folder, { recursive: true });
  });

  it('sees nothing while there is no file, and doesn’t make one', () => {
    assert.equal(ledger.read([ID]), undefined);
    assert.equal(ledger.hasChanged(), false);
    assert.equal(existsSync(path), false);
  });

  it('sees each record as the app’s own store writes it', async () => {
    assert.equal(ledger.read([ID]), undefined);
    const store = openSqliteStore({ path });
    try {
      const claim = await store.requests.claim(ID, { now: 1000, leaseMs: 90_000, expiresAt: 5000 });
      assert.ok(claim.status === 'claimed');
      const running = ledger.read([ID])?.get(ID);
      assert.equal(running?.state, 'running');
      assert.equal(running?.leaseUntil, 91_000);
      assert.equal(ledger.hasChanged(), false);

      await store.requests.complete(claim.lease, { outcome: 'answered', now: 2000 });
      assert.equal(ledger.hasChanged(), true);
      const done = ledger.read([ID])?.get(ID);
      assert.deepEqual([done?.state, done?.outcome], ['done', 'answered']);
    } finally {
      await store.close();
    }
  });

  it('doesn’t see requests that it isn’t asked for', async () => {
    const store = openSqliteStore({ path });
    await store.requests.claim(ID, { now: 1000, leaseMs: 90_000, expiresAt: 5000 });
    await store.close();
    assert.equal(ledger.read(['b'.repeat(64)])?.size, 0);
  });
});
