import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../support/browser.ts';
import { ANA, CREATE, type Harness, REDIRECT_URI, startAccounts } from './harness.ts';

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

  it('goes past the warning of an app that is not verified, with some of what it asked for', async () => {
    google.accounts.revokeAccess(`users/${ANA.id}`);
    google.accounts.setAudience('unverified');
    await atConsent(async (page) => {
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Google hasn’t verified this app' }).waitFor();
      await page.getByText('Advanced').click();
      await page.getByRole('link', { name: 'Go to Postern (unsafe)' }).click();
      await page.getByRole('button', { name: 'Continue' }).click();
      const query = await queryAtApp(page);
      const { body } = await google.exchange(query.get('code'));
      assert.equal(body['scope'], 'openid');
    });
  });

  it('turns back before an app that is not verified', async () => {
    google.accounts.setAudience('unverified');
    await atConsent(async (page) => {
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'Back to safety' }).click();
      await page.getByRole('heading', { name: 'Choose an account' }).waitFor();
    });
  });
});

describe('the own account in a browser', () => {
  it('shows what the app may do, and ends it', async () => {
    google.accounts.setAudience('verified');
    const { body } = await google.exchange((await google.consent()).get('code'));
    const page = await browser.newPage();
    await page.goto(`${google.url}/accounts`);
    await page.getByRole('link', { name: 'Ana' }).click();
    await page.getByText('Compose and send messages in Google Chat').waitFor();
    await page.getByRole('button', { name: 'Delete all connections with Postern' }).click();
    await page.getByText('No app has access to this account.').waitFor();
    assert.equal((await google.refresh(body['refresh_token'])).status, 400);
    await page.close();
  });

  it('chooses for whom the app is', async () => {
    const page = await browser.newPage();
    await page.goto(`${google.url}/accounts`);
    await page.getByRole('radio', { name: 'External, not verified' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('radio', { name: 'External, not verified', checked: true }).waitFor();
    await page.goto(google.authUrl());
    await page.getByRole('link', { name: 'Ana' }).click();
    await page.getByRole('heading', { name: 'Google hasn’t verified this app' }).waitFor();
    await page.close();
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
