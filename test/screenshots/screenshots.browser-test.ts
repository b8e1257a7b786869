import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { startLaptop } from '../end-to-end/laptop.ts';
import { launchBrowser } from '../support/browser.ts';
import { PICTURES, takeScreenshots } from './screenshots.ts';

const FILES = PICTURES.map((name) => `${name}.png`).toSorted();

describe('the pictures of the README', () => {
  it('can be made anew', { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'postern-screenshots-'));
    const [laptop, browser] = await Promise.all([startLaptop(), launchBrowser()]);
    try {
      await takeScreenshots(browser, laptop.url, folder);
      assert.deepEqual(readdirSync(folder).toSorted(), FILES);
    } finally {
      await browser.close();
      await laptop.end();
      rmSync(folder, { recursive: true });
    }
  });

  it('are there, all of them shown, and small', () => {
    const readme = readFileSync('README.md', 'utf8');
    assert.deepEqual(readdirSync('docs/screenshots').toSorted(), FILES);
    for (const file of FILES) {
      assert.match(readme, new RegExp(`!\\[[^\\]]{20,}\\]\\(docs/screenshots/${file}\\)`));
      assert.ok(readFileSync(join('docs/screenshots', file)).length < 200_000, file);
    }
  });
});
