import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from '../../support/browser.ts';
import { createTown, startPage, type Town } from './town.ts';

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

const HOSTILE = '<img src=x onerror="document.title=1"> <script>alert(1)</script> *bold*';

describe('the page in a browser', () => {
  it('shows what is written, as it is written, by anybody', async () => {
    await inBrowser(async ({ town, open }) => {
      const ana = await open(town.ana);
      await ana.getByRole('textbox').fill(HOSTILE);
      await ana.keyboard.press('Enter');
      const bruno = await open(town.bruno);
      const message = bruno.getByRole('article');
      await message.getByText('<script>alert(1)</script>').waitFor();
      assert.equal(await message.getByRole('strong').last().textContent(), 'bold');
      assert.equal(await bruno.locator('#conversation img, #conversation script').count(), 0);
      await town.world.write(town.ana, town.room, 'and now');
      await bruno.getByRole('article').getByText('and now').waitFor();
      await bruno.getByRole('log').getByText('Ana: and now').waitFor();
    });
  });

  it('completes mentions by keyboard', async () => {
    await inBrowser(async ({ town, open }) => {
      const ana = await open(town.ana);
      const field = ana.getByRole('textbox');
      await field.pressSequentially('hello @');
      await ana.getByRole('option', { name: 'Bruno', selected: true }).waitFor();
      await ana.keyboard.press('ArrowUp');
      await ana.getByRole('option', { name: 'Postern', selected: true }).waitFor();
      await ana.keyboard.press('Enter');
      assert.equal(await field.inputValue(), 'hello @Postern ');
      await field.pressSequentially('say hi');
      await ana.keyboard.press('Enter');
      await ana.locator('.mention', { hasText: '@Postern' }).waitFor();
    });
  });

  it('replies in threads', async () => {
    await inBrowser(async ({ town, open }) => {
      await town.world.write(town.bruno, town.room, 'who comes?');
      await town.world.write(town.bruno, town.room, 'something else');
      const ana = await open(town.ana);
      await ana.getByRole('button', { name: 'Reply in thread' }).first().click();
      await ana.getByText('Replying in the thread of Bruno: who comes?').waitFor();
      await ana.keyboard.type('I do');
      await ana.keyboard.press('Enter');
      const thread = ana.getByRole('region', { name: 'Thread' }).first();
      await thread.locator('.replies').getByText('I do').waitFor();
    });
  });

  it('shows private cards to one person, and tells the app of a click', async () => {
    await inBrowser(async ({ town, open }) => {
      const button = { text: 'Press me', onClick: { action: { function: 'pressed' } } };
      const card = {
        header: { title: 'A card' },
        sections: [{ widgets: [{ buttonList: { buttons: [button] } }] }],
      };
      await town.postAsApp(town.room, '', { card, privateTo: town.ana });
      await town.postAsApp(town.room, 'for everybody');
      const [ana, bruno] = [await open(town.ana), await open(town.bruno)];
      await bruno.getByText('for everybody').waitFor();
      assert.equal(await bruno.getByText('A card').count(), 0);
      await ana.getByText('Only visible to you').waitFor();
      const told = ana.waitForResponse(/\/page\/click$/);
      await ana.getByRole('group', { name: 'A card' }).getByRole('button').click();
      assert.equal((await told).status(), 200);
      assert.match(JSON.stringify(town.published), /"CARD_CLICKED"/);
    });
  });

  it('changes an edited message in place, and keeps the focus in it', async () => {
    await inBrowser(async ({ town, open }) => {
      const button = { text: 'Go', onClick: { action: { function: 'go' } } };
      const card = { sections: [{ widgets: [{ buttonList: { buttons: [button] } }] }] };
      const posted = await town.postAsApp(town.room, 'before', { card });
      await town.world.write(town.bruno, town.room, 'later');
      const ana = await open(town.ana);
      await ana.getByRole('button', { name: 'Go' }).focus();
      town.world.edit(posted, { text: 'after' });
      const focused = ana.locator('article:focus');
      await focused.getByText('after').waitFor();
      await focused.getByText('Edited').waitFor();
    });
  });

  it('removes the app and adds it again', async () => {
    await inBrowser(async ({ town, open }) => {
      const ana = await open(town.ana);
      await ana.getByRole('button', { name: 'Remove Postern' }).click();
      await ana.getByRole('button', { name: 'Add Postern' }).click();
      await ana.getByRole('button', { name: 'Remove Postern' }).waitFor();
    });
  });

  it('remembers who and where over a reload, and lets one be somebody else', async () => {
    await inBrowser(async ({ town, open }) => {
      const page = await open(town.ana, town.direct);
      await page.reload();
      await page.getByRole('heading', { name: 'Postern' }).waitFor();
      await page.getByLabel('You are').selectOption('Bruno');
      await page.getByRole('link', { name: 'Launch party' }).waitFor();
      await page.getByRole('button', { name: 'Message Postern' }).click();
      await page.getByRole('heading', { name: 'Postern' }).waitFor();
      assert.equal(town.world.spaces().length, 3);
    });
  });

  it('says why something could not be done, and keeps what was written', async () => {
    await inBrowser(
      async ({ town, open }) => {
        const ana = await open(town.ana);
        await ana.route('**/page/say', (route) => route.abort());
        await ana.getByRole('textbox').fill('precious');
        await ana.keyboard.press('Enter');
        await ana.getByRole('alert').getByText('The simulator does not answer.').waitFor();
        assert.equal(await ana.getByRole('textbox').inputValue(), 'precious');
      },
      { expectErrors: true },
    );
  });

  it('fits a phone: the list, then the conversation, and back', async () => {
    await inBrowser(
      async ({ town, open }) => {
        await town.world.write(town.bruno, town.room, `A long word: ${'o'.repeat(200)}`);
        const page = await open(town.ana, '');
        await page.getByRole('link', { name: 'Launch party' }).click();
        await page.getByText('A long word').waitFor();
        const overflow = 'document.documentElement.scrollWidth > innerWidth';
        assert.equal(await page.evaluate(overflow), false);
        assert.equal(await page.getByRole('navigation').isVisible(), false);
        await page.getByRole('link', { name: 'All conversations' }).click();
        await page.getByRole('navigation').waitFor();
      },
      { viewport: { width: 360, height: 640 } },
    );
  });
});

interface Scene {
  town: Town;
  /** Opens the page as somebody, in the room unless said otherwise. */
  open(as: string, space?: string): Promise<Page>;
}

/** A town of its own for each test. No page may complain, of its content security policy for one. */
async function inBrowser(
  act: (scene: Scene) => Promise<void>,
  { expectErrors = false, ...options }: BrowserContextOptions & { expectErrors?: boolean } = {},
): Promise<void> {
  const town = createTown();
  await using server = await startPage(town);
  const context = await browser.newContext(options);
  context.setDefaultTimeout(5000);
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(error.error().message));
  try {
    await act({
      town,
      async open(as, space = town.room) {
        const page = await context.newPage();
        await page.goto(`${server.url}/#as=${as}${space && `&space=${space}`}`);
        await page.locator('nav li').first().waitFor();
        return page;
      },
    });
  } finally {
    await context.close();
  }
  if (!expectErrors) assert.deepEqual(complaints, []);
}
