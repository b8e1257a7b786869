import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const text = readFileSync('SECURITY.md', 'utf8');
const links = [...text.matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)].map(([, file = '', anchor]) => ({
  file,
  anchor,
}));

/** GitHub's: lower case, without punctuation, hyphens for spaces. */
const anchorsIn = (markdown: string): string[] =>
  [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('SECURITY.md', () => {
  it('leads to files and headings that are there, the tests of its promises among them', () => {
    assert.ok(links.some(({ file }) => file.endsWith('.test.ts')));
    for (const { file, anchor } of links) {
      assert.ok(existsSync(file), file);
      if (anchor === undefined) continue;
      assert.ok(anchorsIn(readFileSync(file, 'utf8')).includes(anchor), `${file}#${anchor}`);
    }
  });

  it('makes the five promises, each with a test that attacks it', () => {
    for (const promise of ['I1', 'I2', 'I3', 'I4', 'I5']) {
      const row = text.split('\n').find((line) => line.startsWith(`| ${promise} |`));
      assert.match(row ?? '', /\.test\.ts\)/, promise);
    }
  });

  it('is short enough to be read', () => {
    assert.ok(text.split('\n').length < 200);
  });
});
