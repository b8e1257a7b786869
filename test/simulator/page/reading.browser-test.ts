import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inBrowser } from './in-browser.ts';

const DAY_MS = 24 * 60 * 60_000;

describe('reading in a browser', () => {
  it('tells the days, and whoever wrote several messages only once', async () => {
    let now = new Date().setHours(12) - 8 * DAY_MS;
    await inBrowser(
      async ({ town, open }) => {
        const { world, ana, bruno, room } = town;
        await world.write(bruno, room, 'long ago');
        now += 7 * DAY_MS;
        await world.write(bruno, room, 'then');
        now += DAY_MS;
        await world.write(bruno, room, 'now');
        await world.write(bruno, room, 'and now');
        const page = await open(ana);
        const days = page.locator('#conversation').getByRole('heading', { level: 3 });
        await days.nth(2).waitFor();
        assert.deepEqual((await days.allTextContents()).slice(1), ['Yesterday', 'Today']);
        const names = page.locator('.byline strong:visible').filter({ visible: true });
        assert.equal(await page.locator('.message .avatar').count(), 3);
        assert.equal(await names.count(), 4, 'a screen reader is told each time');
        assert.equal(await page.locator('.message.joined').count(), 1);
      },
      { clock: () => now },
    );
  });

  it('tells for whom the app posted, what was edited, and what was deleted', async () => {
    await inBrowser(async ({ town, open }) => {
      await town.postForAna(town.room, 'for Ana');
      town.world.edit(await town.postAsApp(town.room, 'before'), { text: 'after' });
      const gone = await town.postAsApp(town.room, 'gone');
      const page = await open(town.bruno);
      const articles = page.getByRole('article');
      const posted = articles.filter({ hasText: 'for Ana' });
      await posted.getByText('via Postern').waitFor();
      assert.equal(await posted.locator('strong').textContent(), 'Ana');
      assert.equal(await posted.getByText('App', { exact: true }).count(), 0);
      await articles.filter({ hasText: 'after' }).getByText('Edited').waitFor();
      await articles.getByText('gone').waitFor();
      town.world.remove(gone);
      await articles.getByText('Message deleted by its author').waitFor();
      assert.equal(await articles.getByText('gone').count(), 0);
      await page.getByRole('log').getByText('Postern changed a message').waitFor();
    });
  });

  it('keeps the newest in view, unless one reads what was before', async () => {
    await inBrowser(async ({ town, open }) => {
      const { world, ana, bruno, room } = town;
      for (let number = 0; number < 40; number++) await world.write(bruno, room, `no. ${number}.`);
      const page = await open(ana);
      const isInView = async (text: string) => {
        const around = await page.locator('#conversation').boundingBox();
        const box = await page.getByRole('article').getByText(text).boundingBox();
        assert.ok(around && box);
        return box.y + box.height <= around.y + around.height;
      };
      await page.getByText('no. 39.').waitFor();
      assert.equal(await isInView('no. 39.'), true);
      await world.write(bruno, room, 'the newest');
      await page.getByRole('article').getByText('the newest').waitFor();
      assert.equal(await isInView('the newest'), true);
      await page.getByRole('article').first().scrollIntoViewIfNeeded();
      await world.write(bruno, room, 'one more');
      await page.getByRole('article').getByText('one more').waitFor();
      assert.equal(await isInView('one more'), false);
    });
  });

  it('goes from message to message, and from space to space, by the arrow keys', async () => {
    await inBrowser(async ({ town, open }) => {
      const { world, ana, bruno, room } = town;
      for (const text of ['one', 'two', 'three']) await world.write(bruno, room, text);
      const page = await open(ana);
      const focused = page.locator('article:focus');
      await page.getByRole('region', { name: 'Messages' }).focus();
      await page.keyboard.press('ArrowUp');
      await focused.getByText('three').waitFor();
      await page.keyboard.press('ArrowUp');
      await focused.getByText('two').waitFor();
      await page.keyboard.press('Home');
      await focused.getByText('one').waitFor();

      await page.getByRole('link', { name: 'Postern', exact: true }).focus();
      await page.keyboard.press('ArrowDown');
      // What comes meanwhile doesn’t take the focus away.
      await world.write(bruno, room, 'four');
      await page.getByRole('article').getByText('four').waitFor();
      assert.equal(await page.locator('a:focus').textContent(), 'LLaunch party');
    });
  });

  it('lets one write several lines, and skip to writing', async () => {
    await inBrowser(async ({ town, open }) => {
      const page = await open(town.ana);
      await page.getByRole('link', { name: 'Skip to writing a message' }).press('Enter');
      await page.keyboard.type('one');
      await page.keyboard.press('Shift+Enter');
      await page.keyboard.type('two');
      await page.keyboard.press('Enter');
      await page.getByRole('article').getByText('two').waitFor();
      assert.equal(town.world.messages(town.room).at(-1)?.resource.text, 'one\ntwo');
    });
  });
});
