import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inBrowser } from './in-browser.ts';

describe('people and spaces in a browser', () => {
  it('lets a space be created, by keyboard', async () => {
    await inBrowser(async ({ town, open }) => {
      const ana = await open(town.ana);
      await ana.getByRole('button', { name: 'New space' }).press('Enter');
      await ana.keyboard.type('Lunch');
      await ana.keyboard.press('Tab');
      await ana.keyboard.press('Space');
      await ana.keyboard.press('Enter');
      await ana.getByRole('heading', { name: 'Lunch' }).waitFor();
      assert.equal(await ana.locator('#members').textContent(), 'Ana, Postern');
      assert.match(JSON.stringify(town.published), /"ADDED_TO_SPACE".*"displayName":"Lunch"/);
      assert.equal(await ana.getByRole('dialog').count(), 0);
    });
  });

  it('says in the dialog why a space can’t be created, and Escape closes it', async () => {
    await inBrowser(
      async ({ town, open }) => {
        const ana = await open(town.ana);
        await ana.getByRole('button', { name: 'New space' }).click();
        const dialog = ana.getByRole('dialog', { name: 'New space' });
        await dialog.getByLabel('Name').fill('Launch party');
        await dialog.getByRole('button', { name: 'Create' }).click();
        await dialog.getByRole('alert').getByText('called “Launch party” already').waitFor();
        await ana.keyboard.press('Escape');
        assert.equal(await dialog.count(), 0);
        assert.equal(town.world.spaces().length, 2);
      },
      { expectErrors: true },
    );
  });

  it('lets people be removed, who then see nothing of it, and added again', async () => {
    await inBrowser(async ({ town, open }) => {
      await town.world.write(town.ana, town.room, 'for those here');
      const [ana, bruno] = [await open(town.ana), await open(town.bruno)];
      await bruno.getByText('for those here').waitFor();
      await ana.getByRole('button', { name: '3 people and apps' }).click();
      const dialog = ana.getByRole('dialog', { name: 'People in Launch party' });
      await dialog.getByRole('button', { name: 'Remove Bruno' }).click();
      await bruno.getByText('There is nothing to see here yet.').waitFor();
      assert.equal(await bruno.getByRole('link', { name: 'Launch party' }).count(), 0);
      await dialog.getByRole('button', { name: 'Add Bruno' }).click();
      await bruno.getByText('for those here').waitFor();
      await dialog.getByRole('button', { name: 'Remove Postern' }).click();
      await dialog.getByRole('button', { name: 'Add Postern' }).click();
      await dialog.getByRole('button', { name: 'Remove Postern' }).waitFor();
      await ana.keyboard.press('Escape');
      assert.equal(await dialog.count(), 0);
      const told = JSON.stringify(town.published);
      assert.match(told, /^\[\{"type":"REMOVED_FROM_SPACE".*"type":"ADDED_TO_SPACE"/);
    });
  });

  it('lets one leave', async () => {
    await inBrowser(async ({ town, open }) => {
      const bruno = await open(town.bruno);
      await bruno.getByRole('button', { name: 'people and apps' }).click();
      await bruno.getByRole('button', { name: 'Leave Bruno' }).click();
      await bruno.getByText('There is nothing to see here yet.').waitFor();
      assert.equal(await bruno.getByRole('dialog').count(), 0);
    });
  });
});
