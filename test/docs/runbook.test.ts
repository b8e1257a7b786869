import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { PAGE_FOR } from '../../src/oauth-web/outcome.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const runbook = read('docs/runbook.md');
/** All of the source, with strings that were broken over lines in one piece. */
const source = globSync('src/**/*.ts', { cwd: root })
  .map(read)
  .join('\n')
  .replaceAll(/'\s*\+\s*'/g, '');

/** The first cells of the table below a heading. */
function firstCells(heading: string): string[] {
  const [, after = ''] = runbook.split(`\n## ${heading}\n`);
  const [section = ''] = after.split('\n## ');
  return [...section.matchAll(/^\| (?:`([^`]+)`|(\d+)) \|/gm)].map(
    ([, code = '', number = '']) => code || number,
  );
}

describe('docs/runbook.md', () => {
  it('has every error code, and none that there isn’t', () => {
    const [, union = ''] = /export type ErrorCode =([^;]+);/.exec(read('src/lib/errors.ts')) ?? [];
    const codes = [...union.matchAll(/'(\w+)'/g)].map(([, code = '']) => code);
    assert.ok(codes.length > 30);
    assert.deepEqual(firstCells('Error codes').toSorted(), codes.toSorted());
  });

  it('has every reason of the callback, with its page', () => {
    assert.deepEqual(firstCells('Pages of the callback').toSorted(), Object.keys(PAGE_FOR).sort());
    for (const [reason, page] of Object.entries(PAGE_FOR)) {
      assert.ok(runbook.includes(`| \`${reason}\` | \`${page}\`, `), reason);
    }
  });

  it('quotes warnings and errors as the code has them', () => {
    const quoted = firstCells('What the log says');
    assert.ok(quoted.length > 25);
    for (const message of quoted) assert.ok(source.includes(`'${message}`), message);
  });

  it('has every warning and error that the code logs', () => {
    const logged = source.matchAll(/(?:log(?:\(\))?\.(?:warn|error)|fatal)\(\s*'([^']+)'/g);
    for (const [, message = ''] of logged) {
      const isTold = firstCells('What the log says').some((told) => message.startsWith(told));
      assert.ok(isTold, message);
    }
  });

  it('has every exit code', () => {
    const programs = globSync(['simulator/**/*.ts', 'scripts/*.mjs'], { cwd: root }).map(read);
    const all = [source, ...programs].join('\n');
    const constants = [...all.matchAll(/EXIT_\w+ = (\d+)/g)];
    const calls = [...all.matchAll(/process\.exit\((\d+)\)/g)];
    const codes = [...constants, ...calls].map(([, code = '']) => code);
    assert.ok(codes.length > 3);
    for (const code of codes) assert.ok(firstCells('Exit codes').includes(code), code);
  });
});
