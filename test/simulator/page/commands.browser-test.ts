import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inBrowser } from './in-browser.ts';

describe('commands in a browser', () => {
  it('are completed after a slash, with what they do', async () => {
    await inBrowser(async ({ town, open }) => {
      const ana = await open(town.ana);
      const field = ana.getByRole('textbox');
      await field.pressSequentially('/');
      const options = ana.getByRole('option');
      await ana.getByRole('option', { name: '/help What it can do', selected: true }).waitFor();
      assert.deepEqual(await options.locator('span:nth-child(2)').allTextContents(), [
        '/help',
        '/status',
        'Who is here',
      ]);
      await field.press('ArrowDown');
      await field.press('Enter');
      assert.equal(await field.inputValue(), '/status ');
      assert.equal(await ana.getByRole('listbox').count(), 0);
      await field.press('Enter');
      await ana.getByRole('article').getByText('Only visible to you').waitFor();
      assert.match(JSON.stringify(town.published), /"slashCommand":\{"commandId":"2"\}/);
      const bruno = await open(town.bruno);
      await bruno.getByText('Nothing has been written here yet').waitFor();
    });
  });

  it('written to the end are sent by one key', async () => {
    await inBrowser(async ({ town, open }) => {
      const ana = await open(town.ana);
      await ana.getByRole('textbox').pressSequentially('/help');
      await ana.getByRole('option', { name: '/help' }).waitFor();
      await ana.keyboard.press('Enter');
      await ana.getByRole('article').getByText('/help').waitFor();
    });
  });

  it('that need no words run at once', async () => {
    await inBrowser(async ({ town, open }) => {
      const ana = await open(town.ana);
      await ana.getByRole('textbox').pressSequentially('/who');
      const told = ana.waitForResponse(/\/page\/run-quick-command$/);
      await ana.getByRole('option', { name: 'Who is here' }).click();
      assert.equal((await told).status(), 200);
      assert.match(JSON.stringify(town.published), /"type":"APP_COMMAND".*"appCommandId":7/);
      assert.equal(await ana.getByRole('textbox').inputValue(), '');
    });
  });

  it('are not offered elsewhere in the text, after Escape, or where the app is not', async () => {
    await inBrowser(async ({ town, open }) => {
      const ana = await open(town.ana);
      const field = ana.getByRole('textbox');
      const list = ana.getByRole('listbox');
      await field.pressSequentially('either/or');
      assert.equal(await list.count(), 0);
      await field.fill('/');
      await list.waitFor();
      await field.press('Escape');
      assert.equal(await list.count(), 0);
      await town.world.removeApp(town.ana, town.room);
      await ana.getByRole('button', { name: 'Add Postern' }).waitFor();
      await field.fill('/h');
      assert.equal(await list.count(), 0);
    });
  });
});
