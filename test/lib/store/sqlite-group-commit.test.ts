import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import { StoreError } from '../../../src/lib/errors.ts';
import { openDatabase } from '../../../src/lib/store/sqlite/database.ts';
import { createGroupCommit } from '../../../src/lib/store/sqlite/group-commit.ts';
import { freshPath } from './sqlite-file.ts';

describe('writes to SQLite that come together', () => {
  it('share one transaction', async (t) => {
    const { insert, write, another } = openTable(t);
    const version = () => another.prepare('PRAGMA data_version').get()?.['data_version'];
    const before = Number(version());
    const results = await Promise.all(
      ['a', 'b', 'c'].map((id) =>
        write(() => {
          insert(id);
          return id;
        }, 'power-cut'),
      ),
    );
    assert.deepEqual(results, ['a', 'b', 'c']);
    // SQLite counts each transaction of others that this connection learns of at a read: one, if nothing was read before.
    assert.equal(Number(version()), before + 1);
    assert.deepEqual(idsIn(another), ['a', 'b', 'c']);
  });

  it('are there for others when they resolve, and not before', async (t) => {
    const { insert, write, another } = openTable(t);
    const writing = write(() => insert('a'), 'crash');
    assert.deepEqual(idsIn(another), []);
    await writing;
    assert.deepEqual(idsIn(another), ['a']);
  });

  it('fail alone: what one of them throws undoes nothing of the others', async (t) => {
    const { insert, write, another } = openTable(t);
    const ends = await Promise.allSettled([
      write(() => insert('a'), 'crash'),
      write(() => {
        insert('half');
        throw new RangeError('a defect');
      }, 'power-cut'),
      write(() => insert('b'), 'power-cut'),
    ]);
    assert.deepEqual(
      ends.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.ok(ends[1]?.status === 'rejected' && ends[1].reason instanceof RangeError);
    assert.deepEqual(idsIn(another), ['a', 'b']);
  });

  it('wait for a locked database once, and not once each', async (t) => {
    const { insert, write, another } = openTable(t);
    another.exec('BEGIN IMMEDIATE');
    let runs = 0;
    const ends = await Promise.allSettled(
      ['a', 'b', 'c'].map((id) =>
        write(() => {
          runs += 1;
          insert(id);
        }, 'crash'),
      ),
    );
    another.exec('ROLLBACK');
    assert.equal(runs, 0);
    for (const end of ends) {
      assert.ok(end.status === 'rejected' && end.reason instanceof StoreError);
      assert.equal(end.reason.code, 'store_unavailable');
    }
    const [first, ...others] = ends.map((end): unknown => end.status === 'rejected' && end.reason);
    assert.ok(others.every((reason) => reason === first));
  });
});

describe('what SQLite flushes to the disk', () => {
  const flushing = (database: DatabaseSync): unknown =>
    database.prepare('PRAGMA synchronous').get()?.['synchronous'];
  const NORMAL = 1;
  const FULL = 2;

  for (const [what, outlives, expected] of [
    ['nothing that outlives no more than a crash', ['crash', 'crash'], NORMAL],
    ['all of a turn when one part outlives a power cut', ['crash', 'power-cut'], FULL],
  ] as const) {
    it(`is ${what}`, async (t) => {
      const { write, database } = openTable(t);
      const seen = await Promise.all(outlives.map((one) => write(() => flushing(database), one)));
      assert.deepEqual(seen, [expected, expected]);
      assert.equal(flushing(database), FULL);
    });
  }

  it('is everything again after a write that failed', async (t) => {
    const { write, database } = openTable(t);
    const failing = write(() => {
      throw new RangeError('a defect');
    }, 'crash');
    await assert.rejects(failing, RangeError);
    assert.equal(flushing(database), FULL);
  });
});

function openTable(t: TestContext) {
  const path = freshPath(t);
  const database = openDatabase(path, 20);
  const another = new DatabaseSync(path);
  t.after(() => {
    database.close();
    another.close();
  });
  database.exec('CREATE TABLE things (id TEXT PRIMARY KEY) STRICT');
  const statement = database.prepare('INSERT INTO things VALUES (?)');
  return {
    insert: (id: string): void => void statement.run(id),
    write: createGroupCommit(database),
    another,
    database,
  };
}

function idsIn(database: DatabaseSync): unknown[] {
  return database
    .prepare('SELECT id FROM things ORDER BY id')
    .all()
    .map(({ id }) => id);
}
