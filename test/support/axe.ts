import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const SCRIPT = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** axe-core finds nothing serious or critical on the page as it is, frames included. */
export async function assertAccessible(page: Page): Promise<void> {
  for (const frame of page.frames()) {
    // Evaluated, and not added as a script: the pages' content security policy lets none in.
    await frame.evaluate(SCRIPT);
    const { violations } = await frame.evaluate<AxeResults>('axe.run({ iframes: false })');
    const found = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html).join(' ')})`);
    assert.deepEqual(found, [], frame.url());
  }
}
