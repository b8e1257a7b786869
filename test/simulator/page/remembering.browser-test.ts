import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { inBrowser } from './in-browser.ts';

describe('what the page remembers', () => {
  it('is what was being written, by whom, where, and in which thread', async () => {
    await inBrowser(async ({ town, open }) => {
      await town.world.write(town.bruno, town.room, 'who comes?');
      const page = await open(town.ana);
      const field = page.getByRole('textbox');
      await page.getByRole('button', { name: 'Reply in thread' }).click();
      await field.fill('perhaps I');
      await page.getByRole('link', { name: 'Postern', exact: true }).click();
      await heading(page, 'Postern');
      assert.equal(await field.inputValue(), '');
      await page.getByText('Replying in').waitFor({ state: 'hidden' });
      await field.fill('to the app');
      await page.getByLabel('You are').selectOption('Bruno');
      await heading(page, 'Launch party');
      assert.equal(await field.inputValue(), '');

      await page.getByLabel('You are').selectOption('Ana');
      await heading(page, 'Postern');
      assert.equal(await field.inputValue(), 'to the app');
      await page.reload();
      await heading(page, 'Postern');
      assert.equal(await field.inputValue(), 'to the app');
      await page.getByRole('link', { name: 'Launch party' }).click();
      await page.getByText('Replying in the thread of Bruno: who comes?').waitFor();
      assert.equal(await field.inputValue(), 'perhaps I');
      await field.press('Enter');
      await page.locator('.replies').getByText('perhaps I').waitFor();
      await page.reload();
      await heading(page, 'Launch party');
      assert.equal(await field.inputValue(), '');
    });
  });

  it('is never put where it doesn’t belong, when it could not be sent', async () => {
    await inBrowser(
      async ({ town, open }) => {
        const page = await open(town.ana);
        const { promise: held, resolve: release } = Promise.withResolvers<void>();
        await page.route('**/page/say', async (route) => {
          await held;
          await route.abort();
        });
        const field = page.getByRole('textbox');
        await field.fill('for the room');
        await field.press('Enter');
        await page.getByRole('link', { name: 'Postern', exact: true }).click();
        await heading(page, 'Postern');
        release();
        await page.getByRole('alert').getByText('does not answer').waitFor();
        assert.equal(await field.inputValue(), '');
        await page.getByRole('link', { name: 'Launch party' }).click();
        await heading(page, 'Launch party');
        assert.equal(await field.inputValue(), 'for the room');
      },
      { expectErrors: true },
    );
  });

  it('is what has been read, also after a reload', async () => {
    await inBrowser(async ({ town, open }) => {
      const page = await open(town.ana);
      const direct = page.getByRole('link', { name: 'Postern new messages' });
      assert.equal(await direct.count(), 0);
      await town.world.write(town.ana, town.direct, 'my own');
      await town.postAsApp(town.direct, 'news');
      await direct.waitFor();
      await page.reload();
      await direct.click();
      await page.getByText('news').waitFor();
      await page.reload();
      await page.getByRole('link', { name: 'Launch party' }).click();
      await heading(page, 'Launch party');
      assert.equal(await direct.count(), 0);
    });
  });
});

function heading(page: Page, name: string): Promise<void> {
  return page.getByRole('heading', { name, level: 2, exact: true }).first().waitFor();
}
