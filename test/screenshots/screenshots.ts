import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** The pictures of the README, by their files' names. */
export const PICTURES = ['conversation', 'consent', 'side-by-side', 'inspector'] as const;

/** Small enough for a README, and wide enough that nothing is taken for a phone. */
const SIZE = { width: 1120, height: 700 };

/** Does on the laptop what somebody new would do, and takes a picture of each page on the way. */
export async function takeScreenshots(
  browser: Browser,
  laptopUrl: string,
  folder: string,
): Promise<void> {
  const context = await browser.newContext({ viewport: SIZE, reducedMotion: 'reduce' });
  const picture = (page: Page, name: (typeof PICTURES)[number]) =>
    page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });

  const ana = await context.newPage();
  await ana.goto(laptopUrl);
  await ana.getByRole('link', { name: 'Launch party' }).click();
  await say(ana, '@Postern We launch at *noon*. Bring cake!');
  const consent = await follow(context, ana);
  await picture(consent, 'consent');
  await consent.getByRole('checkbox').check();
  await consent.getByRole('button', { name: 'Continue' }).click();
  await consent.getByRole('heading', { name: 'You’re connected' }).waitFor();
  await posted(ana, 'We launch at noon.');
  await say(ana, '@Postern members');
  await ana.getByText('Only visible to you').nth(1).waitFor();
  await picture(ana, 'conversation');

  await ana.goto(`${laptopUrl}/side-by-side`);
  const [left, right] = [ana.frameLocator('iframe').nth(0), ana.frameLocator('iframe').nth(1)];
  for (const side of [left, right]) await side.getByText('We launch at').first().waitFor();
  await picture(ana, 'side-by-side');

  await ana.goto(`${laptopUrl}/inspector`);
  await ana
    .getByRole('link', { name: /We launch at/ })
    .first()
    .click();
  await picture(ana, 'inspector');
  await context.close();
}

async function say(page: Page, text: string): Promise<void> {
  await page.locator('#composer').fill(text);
  await page.getByRole('button', { name: 'Send message' }).click();
}

/** From the card to the consent of the account that is proposed. */
async function follow(context: BrowserContext, page: Page): Promise<Page> {
  const link = page.getByRole('link', { name: 'Connect my account' });
  const [consent] = await Promise.all([context.waitForEvent('page'), link.click()]);
  await consent.getByRole('link', { name: 'ana@example.com' }).click();
  await consent.getByRole('button', { name: 'Continue' }).waitFor();
  return consent;
}

async function posted(page: Page, text: string): Promise<void> {
  const post = page.getByRole('article').filter({ hasText: 'via Postern' });
  await post.filter({ hasText: text }).waitFor();
}
