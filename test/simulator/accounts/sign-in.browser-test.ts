import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../support/browser.ts';
import { CREATE, type Harness, REDIRECT_URI, startAccounts } from './harness.ts';

let browser: Browser;
let google: Harness;
before(async () => {
  browser = await launchBrowser();
  google = await startAccounts();
});
after(async () => {
  await browser.close();
  await google[Symbol.asyncDispose]();
});

describe('consenting in a browser', () => {
  it('by keyboard: the expected account has the focus, and the app gets a good code', async () => {
    await atConsent(async (page) => {
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Postern wants access' }).waitFor();
      await page.getByLabel('Compose and send messages').check();
      await page.getByRole('button', { name: 'Continue' }).click();
      const query = await queryAtApp(page);
      const { status, body } = await google.exchange(query.get('code'));
      assert.equal(status, 200);
      assert.equal(body['scope'], `openid ${CREATE}`);
    });
  });

  it('switches to another account, and cancels', async () => {
    await atConsent(async (page) => {
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'switch account' }).click();
      await page.getByRole('link', { name: 'Bruno' }).click();
      await page.getByText('bruno@other.example').waitFor();
      await page.getByRole('button', { name: 'Cancel' }).click();
      assert.equal((await queryAtApp(page)).get('error'), 'access_denied');
    });
  });
});

/** Opens a consent link, with an app that receives whoever comes back. */
async function atConsent(act: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext();
  context.setDefaultTimeout(5000);
  try {
    const page = await context.newPage();
    await context.route(`${REDIRECT_URI}?**`, (route) => route.fulfill({ body: 'The app' }));
    await page.goto(google.authUrl());
    await page.locator('a:focus', { hasText: 'Ana' }).waitFor();
    await act(page);
  } finally {
    await context.close();
  }
}

async function queryAtApp(page: Page): Promise<URLSearchParams> {
  await page.waitForURL(`${REDIRECT_URI}?**`);
  return new URL(page.url()).searchParams;
}
