import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inBrowser } from './in-browser.ts';

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
      const thread = ana.getByRole('group', { name: 'Thread' }).first();
      await thread.locator('.replies').getByText('I do').waitFor();
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

  it('rests while nobody looks, and catches up', async () => {
    await inBrowser(async ({ town, open }) => {
      const ana = await open(town.ana);
      const look = (state: string) =>
        ana.evaluate(`
          Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
          document.dispatchEvent(new Event('visibilitychange'));
        `);
      const closed = ana.waitForEvent('requestfailed');
      await look('hidden');
      await closed;
      await town.world.write(town.bruno, town.room, 'meanwhile');
      assert.equal(await ana.getByText('meanwhile').count(), 0);
      await look('visible');
      await ana.getByRole('article').getByText('meanwhile').waitFor();
    });
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
        assert.equal(
          await page.getByRole('navigation', { name: 'Conversations' }).isVisible(),
          false,
        );
        await page.getByRole('link', { name: 'All conversations' }).click();
        await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
      },
      { viewport: { width: 360, height: 640 } },
    );
  });
});
