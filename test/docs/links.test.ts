import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { DOCUMENTS } from './markdown.ts';

const root = join(import.meta.dirname, '../..');

/** GitHub's: lower case, without punctuation, hyphens for spaces. */
const anchorsIn = (markdown: string): string[] =>
  [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('the links of the documentation', () => {
  for (const document of DOCUMENTS) {
    it(`lead to files and headings that are there: ${document}`, () => {
      const text = readFileSync(join(root, document), 'utf8');
      for (const [link, path = '', anchor] of text.matchAll(
        /\]\((?!https?:)([^)#\s]*)(?:#([^)]*))?\)/g,
      )) {
        const file = path === '' ? join(root, document) : join(root, dirname(document), path);
        assert.ok(existsSync(file), link);
        if (anchor !== undefined)
          assert.ok(anchorsIn(readFileSync(file, 'utf8')).includes(anchor), link);
      }
    });
  }
});
