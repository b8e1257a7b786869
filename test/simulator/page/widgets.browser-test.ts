import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GALLERY } from './gallery.ts';
import { inBrowser } from './in-browser.ts';

describe('widgets in a browser', () => {
  it('are shown, and what isn’t is said', async () => {
    await inBrowser(async ({ town, open }) => {
      await town.postAsApp(town.room, '', { card: GALLERY });
      const page = await open(town.ana);
      const card = page.getByRole('group', { name: 'All widgets' });
      await card.getByRole('img', { name: 'The logo' }).waitFor();
      await card.getByRole('switch', { checked: true, disabled: true }).waitFor();
      await card.getByRole('link', { name: 'A cake' }).waitFor();
      await card.getByRole('listitem').filter({ hasText: 'First' }).waitFor();
      assert.equal(await card.getByLabel('Name').isDisabled(), true);
      assert.equal(await card.getByRole('radio', { name: 'Small' }).isChecked(), true);
      assert.equal(await card.getByLabel('Colour').inputValue(), 'Red');
      assert.equal(await card.getByLabel('When').inputValue(), '2001-09-14');
      await card.getByText('(A carousel widget: not shown here)').waitFor();
      assert.equal(await page.locator('.card img').count(), 0);
    });
  });

  it('that are collapsed come when asked for', async () => {
    await inBrowser(async ({ town, open }) => {
      await town.postAsApp(town.room, '', { card: GALLERY });
      const page = await open(town.ana);
      const more = page.getByText('Further down');
      await page.getByText('Show more').waitFor();
      assert.equal(await more.isVisible(), false);
      await page.getByText('Show more').click();
      await more.waitFor();
      await page.getByText('Show less').click();
      await more.waitFor({ state: 'hidden' });
    });
  });

  it('in columns and of chips can be pressed', async () => {
    await inBrowser(async ({ town, open }) => {
      await town.postAsApp(town.room, '', { card: GALLERY });
      const page = await open(town.ana);
      for (const name of ['In a column', 'A chip']) {
        const told = page.waitForResponse(/\/page\/press$/);
        await page.getByRole('button', { name }).click();
        assert.equal((await told).status(), 200);
      }
      assert.equal(await page.getByRole('button', { name: 'Off' }).isDisabled(), true);
      assert.match(
        JSON.stringify(town.published),
        /"invokedFunction":"column".*"invokedFunction":"chip"/,
      );
    });
  });
});
