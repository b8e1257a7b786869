import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { parseEvent } from '../../src/lib/interactions/parse-event.ts';
import { assertAccessible } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { isPost } from './messages.ts';
import { type Stage, setStage } from './stage.ts';

const LOOKS = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'on a phone': { viewport: { width: 360, height: 740 } },
} as const;

describe('the inspector’s page', () => {
  let stage: Stage;
  let browser: Browser;
  const complaints: string[] = [];
  before(async () => {
    [stage, browser] = await Promise.all([setStage({ dialect: 'classic' }), launchBrowser()]);
  });
  afterEach(() => assert.deepEqual(complaints.splice(0), []));
  after(async () => {
    await browser.close();
    await stage.end();
  });

  const inPage = async (
    act: (page: Page) => Promise<void>,
    options: BrowserContextOptions = {},
  ): Promise<void> => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    });
    context.setDefaultTimeout(10_000);
    context.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    context.on('weberror', (error) => complaints.push(error.error().message));
    try {
      const page = await context.newPage();
      await page.goto(`${stage.google.url}/inspector`);
      await act(page);
    } finally {
      await context.close();
    }
  };
  const line = (page: Page, text: string) => page.locator('#rows a').filter({ hasText: text });
  const step = (page: Page, title: string) => page.locator('.step').filter({ hasText: title });
  const choose = async (page: Page, text: string): Promise<void> => {
    await line(page, text).click();
    await page.locator('#text', { hasText: text }).waitFor();
  };

  for (const [look, setting] of Object.entries(LOOKS)) {
    it(`says at first what to do, and explains the picture, ${look}`, async () => {
      await inPage(async (page) => {
        await page.getByRole('heading', { name: 'Nothing has happened yet' }).waitFor();
        await page.getByText('Postern opens every connection itself').waitFor();
        const link = page.getByRole('link', { name: 'Write something in Chat' });
        assert.equal(await link.getAttribute('href'), '/');
        await assertAccessible(page);
      }, setting);
    });
  }

  it('shows live how a message waits for a consent, and what ends the wait', async () => {
    await inPage(async (page) => {
      await stage.startSubscriber();
      await stage.write(stage.ana, '@Postern Hello from Ana');
      await page.locator('#state', { hasText: 'Waits for Ana’s consent' }).waitFor();
      await step(page, 'Acked').waitFor();
      await stage.consent(await stage.link(stage.ana), stage.ana);
      await page.locator('#state', { hasText: /Answered as Ana, / }).waitFor();
      await step(page, 'oauth-web exchanges the code: it is Ana').waitFor();
      await step(page, 'Posts a message as Ana').waitFor();
    });
  });

  it('opens a step to the whole event, in both dialects, and copies it', async () => {
    await inPage(async (page) => {
      await choose(page, 'Hello from Ana');
      const published = step(page, 'Chat publishes the event');
      await published.locator('summary').press('Enter');
      const classic: unknown = JSON.parse(await published.locator('pre').innerText());
      await published.getByRole('button', { name: 'In the add-on dialect' }).click();
      await published.getByRole('button', { name: 'Copy' }).click();
      await published.getByRole('button', { name: 'Copied' }).waitFor();
      const copied = await page.evaluate<string>('navigator.clipboard.readText()');

      const ids = [classic, JSON.parse(copied)].map((event) => {
        const data = Buffer.from(JSON.stringify(event));
        const parsed = parseEvent({ data, attributes: {}, id: '1' });
        assert.ok(parsed.outcome === 'interaction');
        return [parsed.interaction.dialect, parsed.interaction.requestId];
      });
      assert.deepEqual([ids[0]?.[0], ids[1]?.[0]], ['classic', 'add-on']);
      assert.equal(ids[0]?.[1], ids[1]?.[1]);
    });
  });

  it('keeps a step open while more happens, and what was chosen over a reload', async () => {
    await inPage(async (page) => {
      await choose(page, 'Hello from Ana');
      await step(page, 'Posts a message as Ana').locator('summary').click();
      const response = step(page, 'Posts a message as Ana').getByRole('button', {
        name: 'Response',
      });
      await response.click();
      await stage.write(stage.bruno, '@Postern help');
      await line(page, '@Postern help').getByText('Answered privately').waitFor();
      assert.equal(await response.getAttribute('aria-pressed'), 'true');
      await page.reload();
      await page.locator('#text', { hasText: 'Hello from Ana' }).waitFor();
    });
  });

  it('finds by text, by person, by kind, and what has failed, over a reload, too', async () => {
    stage.google.chatFaults.failNext({ method: 'messages.create', status: 503 });
    await stage.write(stage.ana, '@Postern status');
    await inPage(async (page) => {
      // The notification comes by a road of its own: sent at once, it might be what meets the fault.
      await line(page, 'status').getByText('Answered privately').waitFor();
      stage.notify({ space: stage.room, text: 'The backup is done' });
      await line(page, 'The backup').getByText('Answered as the app').waitFor();
      const shown = () => page.locator('#rows .said').allInnerTexts();

      await page.getByLabel('Filter by text').fill('oauth-web exchanges');
      assert.deepEqual(await shown(), ['@Postern Hello from Ana']);
      await page.getByLabel('Filter by text').fill('');
      await page.getByLabel('Filter by person').selectOption('Bruno');
      assert.deepEqual(await shown(), ['@Postern help']);
      await page.getByLabel('Filter by person').selectOption('');
      await page.getByLabel('Filter by kind').selectOption('notification');
      assert.deepEqual(await shown(), ['The backup is done']);
      await page.getByLabel('Filter by kind').selectOption('');
      await page.getByLabel('Only failures').check();
      assert.deepEqual(await shown(), ['@Postern status']);
      await page.reload();
      await line(page, 'status').waitFor();
      assert.deepEqual(await shown(), ['@Postern status']);
      await page.getByLabel('Filter by text').fill('nowhere');
      await page.getByText('Nothing that fits the filter.').waitFor();
    });
  });

  it('publishes an event again, and one sees that nothing doubles', async () => {
    const posts = stage.seen(stage.bruno).filter(isPost).length;
    await inPage(async (page) => {
      await choose(page, 'Hello from Ana');
      const acks = await step(page, 'Acked').count();
      await page.getByRole('button', { name: 'Publish again' }).click();
      await step(page, 'The same event is published again').waitFor();
      await step(page, 'Acked').nth(acks).waitFor();
      assert.equal(await step(page, 'Posts a message as Ana').count(), 1);
    });
    assert.equal(stage.seen(stage.bruno).filter(isPost).length, posts);
  });

  it('saves an event as a file that the app can read', async () => {
    await inPage(async (page) => {
      await choose(page, 'Hello from Ana');
      const downloading = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Save as a fixture' }).click();
      const download = await downloading;
      assert.equal(download.suggestedFilename(), 'message-hello-from-ana.classic.json');
      const data = await readFile(await download.path());
      assert.equal(parseEvent({ data, attributes: {}, id: '1' }).outcome, 'interaction');
    });
  });

  for (const [look, setting] of Object.entries(LOOKS)) {
    it(`has nothing serious against it, ${look}, and is no wider than the screen`, async () => {
      await inPage(async (page) => {
        await line(page, 'Hello from Ana').waitFor();
        await assertAccessible(page);
        await choose(page, 'Hello from Ana');
        await page.locator('.step summary').first().click();
        await page.locator('pre').waitFor();
        await assertAccessible(page);
        const overflow = await page.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        assert.equal(overflow, 0);
      }, setting);
    });
  }
});
