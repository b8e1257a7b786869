import { describe, it } from 'node:test';
import { assertAccessible } from '../../support/axe.ts';
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
        await town.postAsApp(town.room, 'A card', {
          card: {
            header: { title: 'Title' },
            sections: [{ widgets: [{ textParagraph: { text: 'So' } }] }],
          },
        });
        const page = await open(town.ana);
        await page.getByRole('article').nth(1).waitFor();
        await assertAccessible(page);
      }, setting);
    });
  }
});
