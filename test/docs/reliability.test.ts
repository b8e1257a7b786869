import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const text = read('docs/reliability.md');

describe('docs/reliability.md', () => {
  const worst = [...text.matchAll(/^\|[^|]+\| “(.+?)” \| `(.+?)` \|[^|]+\|$/gm)];

  it('names ten tests', () => {
    assert.equal(worst.length, 10);
  });

  for (const [, name = '', path = ''] of worst) {
    it(`names a test that there is: ${name}`, () => {
      assert.ok(read(path).includes(`'${name}'`), path);
    });
  }

  for (const ground of ['simulator', 'emulators']) {
    it(`has the tables that npm run faults has made on the ${ground}`, () => {
      const place = `<!-- made by npm run faults -- --on ${ground} -->\n\n| Promise |`;
      assert.ok(text.includes(place));
    });
  }
});
