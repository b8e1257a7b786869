import { describe, it } from 'node:test';
import { assertAccessible } from '../../support/axe.ts';
import { GALLERY } from './gallery.ts';
import { inBrowser } from './in-browser.ts';

const LOOKS = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'on a phone': { viewport: { width: 360, height: 740 } },
} as const;

describe('the page, for who can’t see or point', () => {
  for (const [look, setting] of Object.entries(LOOKS)) {
    it(`has nothing serious against it, ${look}`, async () => {
      await inBrowser(async ({ town, open }) => {
        await town.world.write(town.bruno, town.room, '@Ana who *comes*? `code`');
        await town.world.write(town.bruno, town.room, 'joined');
        await town.postForAna(town.room, '> I do');
        town.world.remove(await town.postAsApp(town.room, 'gone'));
        await town.postAsApp(town.room, 'A card', { card: GALLERY, privateTo: town.ana });
        await town.postAsApp(town.direct, 'unread');
        const page = await open(town.ana);
        await page.getByRole('article').nth(4).waitFor();
        await assertAccessible(page);
        await page.getByRole('textbox', { name: 'Message' }).fill('/');
        await page.getByRole('listbox').waitFor();
        await assertAccessible(page);
      }, setting);
    });

    it(`has nothing serious against its dialogs, ${look}`, async () => {
      await inBrowser(async ({ town, open }) => {
        const page = await open(town.ana);
        await page.getByRole('button', { name: 'people and apps' }).click();
        await assertAccessible(page);
        await page.goto(page.url().replace(/&.*/, ''));
        await page.reload();
        await page.getByRole('button', { name: 'New space' }).click();
        await assertAccessible(page);
      }, setting);
    });
  }
});
