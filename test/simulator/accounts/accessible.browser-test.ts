import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { assertAccessible } from '../../support/axe.ts';
import { launchBrowser } from '../../support/browser.ts';
import { ANA, CREATE, type Harness, READ, startAccounts } from './harness.ts';

let browser: Browser;
let google: Harness;
before(async () => {
  browser = await launchBrowser();
  google = await startAccounts();
  await google.consent([READ], { scope: `openid ${READ}` });
});
after(async () => {
  await browser.close();
  await google[Symbol.asyncDispose]();
});

const consent = (): string => {
  const { search } = new URL(google.authUrl({ scope: `openid email ${CREATE} ${READ}` }));
  return `/signin/oauth/consent${search}&chosen_account=${ANA.id}`;
};

const PAGES: Readonly<Record<string, () => string>> = {
  'the account chooser': () =>
    new URL(google.authUrl()).pathname + new URL(google.authUrl()).search,
  'the consent': consent,
  'the warning of an app that is not verified': consent,
  'a blocked request': () => '/o/oauth2/v2/auth?client_id=x',
  'all accounts': () => '/accounts',
  'one’s own account': () => `/accounts/${ANA.id}`,
};

const LOOKS = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'on a phone': { viewport: { width: 360, height: 740 } },
} as const;

describe('Google’s pages, for who can’t see or point', () => {
  for (const [name, path] of Object.entries(PAGES)) {
    it(`${name}: nothing serious against it, light, dark, or on a phone`, async () => {
      google.accounts.setAudience(name.includes('not verified') ? 'unverified' : 'verified');
      for (const setting of Object.values(LOOKS)) {
        const context = await browser.newContext(setting);
        const page = await context.newPage();
        await page.goto(google.url + path());
        for (const summary of await page.locator('summary').all()) await summary.click();
        await assertAccessible(page);
        await context.close();
      }
    });
  }
});
