import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { type Laptop, startLaptop } from './laptop.ts';

describe('npm start, as somebody new would try it', () => {
  let laptop: Laptop;
  let browser: Browser;
  let ana: Page;
  before(async () => {
    [laptop, browser] = await Promise.all([startLaptop(), launchBrowser()]);
    ana = await browser.newPage();
    await ana.goto(laptop.url);
    await ana.getByRole('link', { name: 'Launch party' }).click();
  });
  after(async () => {
    await browser?.close();
    await laptop?.end();
  });

  const say = async (text: string) => {
    await ana.locator('#composer').fill(text);
    await ana.getByRole('button', { name: 'Send message' }).click();
  };
  const post = (text: string) =>
    ana.getByRole('article').filter({ hasText: 'via Postern' }).filter({ hasText: text });
  const connectLink = () => ana.getByRole('link', { name: 'Connect my account' });

  it('prints one URL to open', () => {
    const urls = laptop.output.filter((line) => /^\s+http:\/\/\S+$/.test(line));
    assert.deepEqual(
      urls.map((line) => line.trim()),
      [laptop.url],
    );
  });

  it('answers the first mention with a card that only Ana sees', async () => {
    await say('@Postern Hello from the browser ');
    await connectLink().waitFor();

    const bruno = await browser.newPage();
    await bruno.goto(laptop.url);
    await bruno.getByLabel('You are').selectOption({ label: 'Bruno' });
    await bruno.getByRole('link', { name: 'Launch party' }).click();
    await bruno.getByText('Hello from the browser').waitFor();
    assert.equal(await bruno.getByText('Connect my account').count(), 0);
    await bruno.close();
  });

  it('leads through the consent, and posts the message under her name', async () => {
    const [consent] = await Promise.all([
      ana.context().waitForEvent('page'),
      connectLink().click(),
    ]);
    await consent.getByRole('link', { name: 'ana@example.com' }).click();
    await consent.getByRole('checkbox').check();
    await consent.getByRole('button', { name: 'Continue' }).click();
    await consent.getByRole('heading', { name: 'You’re connected' }).waitFor();

    await post('Hello from the browser').waitFor();
    await ana.getByRole('heading', { name: 'Your account is connected' }).waitFor();
    assert.equal(await connectLink().count(), 0);
  });

  it('shows in the inspector what became of it, and how the ledger has it', async () => {
    const inspector = await browser.newPage();
    await inspector.goto(`${laptop.url}/inspector`);
    await inspector.locator('#record', { hasText: 'ledger: done, answered' }).waitFor();
    await inspector.getByText('Posts a message as Ana').waitFor();
    await inspector.close();
  });

  it('posts the next one at once', async () => {
    await say('@Postern And another one ');
    await post('And another one').waitFor();
  });

  it('still asks nothing after a restart', async () => {
    await laptop.restart();
    await ana.reload();
    await post('And another one').waitFor();

    await say('@Postern After the restart ');
    await post('After the restart').waitFor();
    assert.equal(await connectLink().count(), 0);
  });

  it('stops cleanly', async () => {
    assert.equal(await laptop.stop(), 0);
    const end = laptop.output.slice(-4).join('\n');
    assert.match(end, /oauth-web stopped/);
    assert.match(end, /subscriber stopped/);
  });
});
