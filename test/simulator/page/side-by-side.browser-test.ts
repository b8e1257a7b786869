import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FrameLocator, Page } from 'playwright-core';
import { assertAccessible } from '../../support/axe.ts';
import { inBrowser } from './in-browser.ts';

describe('two people side by side', () => {
  it('see what each other writes, and each what is for them only', async () => {
    await inBrowser(async ({ town, visit }) => {
      const page = await visit('/side-by-side');
      const [ana, bruno] = [frame(page, 'Ana’s Chat'), frame(page, 'Bruno’s Chat')];
      await bruno.getByRole('heading', { name: 'Launch party' }).waitFor();
      await ana.getByRole('textbox').fill('hello there');
      await ana.getByRole('textbox').press('Enter');
      await bruno.getByRole('article').getByText('hello there').waitFor();
      await town.postAsApp(town.room, 'psst', { privateTo: town.ana });
      await ana.getByRole('article').getByText('psst').waitFor();
      assert.equal(await bruno.getByText('psst').count(), 0);
    });
  });

  it('stay who and where they are over a reload', async () => {
    await inBrowser(async ({ town, visit }) => {
      const page = await visit('/side-by-side');
      const left = frame(page, 'Ana’s Chat');
      await left.getByRole('link', { name: 'All conversations' }).click();
      await left.getByRole('link', { name: 'Postern', exact: true }).click();
      await left.getByRole('heading', { name: 'Postern' }).waitFor();
      await page
        .getByRole('region', { name: 'Right' })
        .getByLabel('Show')
        .selectOption('Echo (app)');
      await frame(page, 'Echo’s Chat').getByText('Somebody has to mention it.').waitFor();
      assert.match(page.url(), new RegExp(`left=${town.ana}&.*right=${town.echo}`));
      await page.reload();
      await frame(page, 'Ana’s Chat').getByRole('heading', { name: 'Postern' }).waitFor();
      await frame(page, 'Echo’s Chat').getByText('Somebody has to mention it.').waitFor();
    });
  });

  it('can be two other people than before, by the address', async () => {
    await inBrowser(async ({ town, visit }) => {
      const page = await visit('/side-by-side');
      await frame(page, 'Ana’s Chat').getByRole('textbox').waitFor();
      const address = `#left=${town.bruno}&left-space=${town.room}&right=${town.ana}`;
      await page.evaluate(`location.hash = '${address}'`);
      const left = page.getByRole('region', { name: 'Left' });
      await left.getByTitle('Bruno’s Chat').waitFor();
      assert.equal(await left.getByLabel('Show').inputValue(), town.bruno);
    });
  });

  it('have nothing twice of what is around them', async () => {
    await inBrowser(async ({ visit }) => {
      const page = await visit('/side-by-side');
      await frame(page, 'Bruno’s Chat').getByRole('textbox').waitFor();
      await frame(page, 'Ana’s Chat').getByRole('textbox').waitFor();
      for (const one of page.frames()) {
        const isWhole = one === page.mainFrame();
        assert.equal(await one.getByText('This is a simulator').isVisible(), isWhole);
        assert.equal(await one.getByRole('navigation', { name: 'Simulator' }).isVisible(), isWhole);
        assert.equal(await one.getByLabel('You are').isVisible(), false);
      }
    });
  });

  it('can make room for another page of the simulator', async () => {
    await inBrowser(async ({ visit, town }) => {
      const page = await visit(`/side-by-side#left=${town.ana}&right=${town.bruno}`);
      await page.route('**/inspector', (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: '<link rel=stylesheet href=/page/assets/nav.css><p class=banner>Twice</p><p>Within</p><a href=/>To Chat</a>',
        }),
      );
      const right = page.getByRole('region', { name: 'Right' });
      await right.getByLabel('Show').selectOption('Inspector');
      const inspector = frame(page, 'Inspector');
      await inspector.getByText('Within').waitFor();
      assert.equal(await inspector.getByText('Twice').isVisible(), false);
      await inspector.getByRole('link', { name: 'To Chat' }).click();
      await frame(page, 'Bruno’s Chat').getByRole('link', { name: 'Launch party' }).waitFor();
      assert.equal(await right.getByLabel('Show').inputValue(), town.bruno);
    });
  });

  it('stand one above the other on a phone', async () => {
    await inBrowser(
      async ({ visit }) => {
        const page = await visit('/side-by-side');
        const [left, right] = await Promise.all(
          ['Ana’s Chat', 'Bruno’s Chat'].map((title) => page.getByTitle(title).boundingBox()),
        );
        assert.ok(left && right && left.y + left.height < right.y);
        const overflow = 'document.documentElement.scrollWidth > innerWidth';
        assert.equal(await page.evaluate(overflow), false);
      },
      { viewport: { width: 360, height: 740 } },
    );
  });

  for (const [look, setting] of [
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['on a phone', { viewport: { width: 360, height: 740 } }],
  ] as const) {
    it(`have nothing serious against them for who can’t see or point, ${look}`, async () => {
      await inBrowser(async ({ town, visit }) => {
        await town.world.write(town.bruno, town.room, 'hello');
        const page = await visit('/side-by-side');
        await frame(page, 'Ana’s Chat').getByRole('article').waitFor();
        await frame(page, 'Bruno’s Chat').getByRole('article').waitFor();
        await assertAccessible(page);
      }, setting);
    });
  }
});

function frame(page: Page, title: string): FrameLocator {
  return page.getByTitle(title).contentFrame();
}
