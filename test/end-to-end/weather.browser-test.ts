import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { type Laptop, startLaptop } from './laptop.ts';
import { type LaptopChat, openLaptopChat } from './laptop-chat.ts';
import { isPost } from './messages.ts';

describe('the weather over npm start', () => {
  let laptop: Laptop;
  let browser: Browser;
  let page: Page;
  let chat: LaptopChat;
  before(async () => {
    // A short lease: what a crash leaves behind is free soon.
    const environment = { LEASE_SECONDS: '9' };
    [laptop, browser] = await Promise.all([startLaptop({ environment }), launchBrowser()]);
    chat = openLaptopChat(laptop);
    page = await browser.newPage();
    await page.goto(`${laptop.url}/weather`);
    await chat.say('@Postern connect');
    await chat.consent(await chat.link());
  });
  after(async () => {
    await browser?.close();
    await laptop?.end();
  });

  const posts = (text: string) =>
    chat.messages().filter((message) => isPost(message) && message.resource.text === text);
  const posted = (text: string) => chat.until(text, () => posts(text)[0]);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const shows = (text: string | RegExp) =>
    page.locator('#subscriber-state').getByText(text).waitFor();
  /** What the page counts, as soon as nothing is under way any more. */
  const settled = async () => {
    await page.locator('#verdict').getByText('Nothing is lost, and nothing is doubled.').waitFor();
    const count = async (of: string) =>
      Number(await page.locator('#tally div', { hasText: of }).locator('dd').textContent());
    return {
      published: await count('Events published'),
      doubled: await count('Doubled'),
      lost: await count('Lost'),
    };
  };

  it('kills the subscriber in the middle of its work, and the answer comes exactly once', async () => {
    await shows(/It runs/);
    await page.getByRole('switch', { name: 'The answer gets lost' }).click();
    await chat.say('@Postern before the crash');
    await posted('before the crash');
    await press('Kill');
    await shows('It does not run');
    await page.locator('#active').getByText('The subscriber does not run').waitFor();
    await chat.say('@Postern while it is dead');

    await press('Clear skies');
    await shows(/It runs .* started again once/);
    await posted('while it is dead');
    assert.deepEqual(await settled(), { published: 3, doubled: 0, lost: 0 });
    assert.equal(posts('before the crash').length, 1);
    assert.equal(posts('while it is dead').length, 1);
    const { tally } = await chat.weather();
    assert.equal(tally.answered, 3);
    assert.ok(tally.delivered > 3, 'what was killed came again');
  });

  it('kills and starts it again while somebody writes one line after the other', async () => {
    const lines = ['one', 'two', 'three'];
    for (const [index, line] of lines.entries()) {
      await chat.say(`@Postern ${line}`);
      if (index === 1) await press('Kill and start again');
    }
    for (const line of lines) await posted(line);
    assert.deepEqual(await settled(), { published: 6, doubled: 0, lost: 0 });
    for (const line of lines) assert.equal(posts(line).length, 1);
    await shows(/started again 2 times/);
  });

  it('stops it gently, and lets it go on', async () => {
    await press('Stop gently');
    await shows('It does not run');
    assert.ok(laptop.output.some((line) => line.includes('subscriber stopped')));
    await chat.say('@Postern after a pause');
    await press('Start');
    await posted('after a pause');
    assert.deepEqual(await settled(), { published: 7, doubled: 0, lost: 0 });
  });

  it('answers once what comes twenty times', async () => {
    await page.getByText('20 times').click();
    await chat.say('@Postern in twenty copies');
    await posted('in twenty copies');
    await page.getByText('Once', { exact: true }).click();
    assert.deepEqual(await settled(), { published: 8, doubled: 0, lost: 0 });
    assert.equal(posts('in twenty copies').length, 1);
  });

  it('has the streams opened again when they end', async () => {
    const before = laptop.output.length;
    await press('End the streams now');
    await chat.until(
      'streams',
      () =>
        laptop.output
          .slice(before)
          .filter((line) => line.includes('stream of messages is open'))[1],
    );
    await chat.say('@Postern over a new stream');
    await posted('over a new stream');
  });

  it('asks Ana anew when she has taken her access back, and posts what she wrote', async () => {
    await press('Revoke: Ana');
    await page.locator('#access li', { hasText: 'Ana' }).getByText('has granted nothing').waitFor();
    await chat.say('@Postern after the revocation');
    await chat.consent(await chat.link());
    await posted('after the revocation');
    await page.locator('#access li', { hasText: 'Ana' }).getByText('has connected').waitFor();
    assert.equal((await settled()).lost, 0);
  });
});
