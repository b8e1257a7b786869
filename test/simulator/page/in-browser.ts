import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Dialect } from '../../../simulator/events/happening.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import { launchBrowser } from '../../support/browser.ts';
import { createTown, startPage, type Town } from './town.ts';

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

export interface Scene {
  town: Town;
  /** Opens the page as somebody, in the room unless said otherwise. */
  open(as: string, space?: string): Promise<Page>;
  /** Opens another page of the simulator, by its path. */
  visit(path: string): Promise<Page>;
}

export interface Setting extends BrowserContextOptions {
  expectErrors?: boolean;
  /** That Chat tells the app in. */
  dialect?: Dialect;
  /** The town's. */
  clock?: Clock;
}

/** A town of its own for each test. No page may complain, of its content security policy for one. */
export async function inBrowser(
  act: (scene: Scene) => Promise<void>,
  { expectErrors = false, dialect, clock, ...options }: Setting = {},
): Promise<void> {
  const town = createTown(dialect, clock && { clock });
  await using server = await startPage(town);
  const context = await browser.newContext(options);
  context.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(error.error().message));
  try {
    await act({
      town,
      async open(as, space = town.room) {
        const page = await context.newPage();
        await page.goto(`${server.url}/#as=${as}${space && `&space=${space}`}`);
        await page.locator('#spaces li').first().waitFor({ state: 'attached' });
        return page;
      },
      async visit(path) {
        const page = await context.newPage();
        await page.goto(server.url + path);
        return page;
      },
    });
  } finally {
    await context.close();
  }
  if (!expectErrors) assert.deepEqual(complaints, []);
}
