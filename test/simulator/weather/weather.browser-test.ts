import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { chat, type chat_v1 } from '@googleapis/chat';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { signJwt } from '../../../simulator/accounts/signing-key.ts';
import { type Credentials, loadCredentials } from '../../../simulator/credentials.ts';
import { type Google, startGoogle } from '../../../simulator/google.ts';
import { noSnapshot } from '../../../simulator/snapshot.ts';
import { assertAccessible } from '../../support/axe.ts';
import { bearer } from '../../support/bearer.ts';
import { launchBrowser } from '../../support/browser.ts';
import { refused } from '../chat/running-chat.ts';

const credentials = loadCredentials('p', noSnapshot());

/** Google without the app: its calls are made here, by Google's own client. */
describe('the weather page', () => {
  let browser: Browser;
  let google: Google;
  let page: Page;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());
  beforeEach(async () => {
    google = await startGoogle({
      project: 'p',
      credentials,
      redirectUri: 'http://127.0.0.1:1/oauth2',
      snapshot: noSnapshot,
      dialect: () => 'add-on',
    });
    page = await open();
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await google.stop();
  });

  const open = async (options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(15_000);
    const opened = await context.newPage();
    await opened.goto(`${google.url}/weather`);
    await opened.getByRole('heading', { name: 'Clear skies' }).waitFor();
    return opened;
  };
  const app = (): chat_v1.Chat =>
    chat({ version: 'v1', auth: bearer(appToken(credentials)), rootUrl: google.url, retry: false });
  const room = () => google.world.spaces()[0]?.resource.name ?? assert.fail();
  const ana = () => `users/${google.world.people[0]?.id}`;
  const post = (text: string) =>
    app().spaces.messages.create({ parent: room(), requestBody: { text } });
  const texts = () => google.world.messages(room()).map(({ resource }) => resource.text);
  const toggle = (name: string) => page.getByRole('switch', { name, exact: true });
  const isOn = (name: string, on: boolean, where = page) =>
    where.getByRole('switch', { name, exact: true, checked: on }).waitFor();
  const shortly = (name: string, value: string) =>
    page.getByRole('combobox', { name: `How long: ${name}`, exact: true }).selectOption(value);

  for (const [name, status, code] of [
    ['Too many requests, with a wait', 429, /Resource has been exhausted/],
    ['Too many requests', 429, /Resource has been exhausted/],
    ['Chat is down', 503, /The service is currently unavailable/],
    ['Chat stumbles', 500, /Internal error encountered/],
  ] as const) {
    it(`has Chat answer ${status} for so many calls, as Google does: ${name}`, async () => {
      await shortly(name, '1');
      await toggle(name).click();
      await isOn(name, true);
      await page.getByText('On: one more call').waitFor();
      await refused(post('refused'), status, code);
      await isOn(name, false);
      await post('taken');
      assert.deepEqual(texts(), ['taken']);
    });
  }

  it('has Chat say how long to wait, or not', async () => {
    const waitOf = async (name: string) => {
      await shortly(name, '1');
      await toggle(name).click();
      await isOn(name, true);
      const answer = await fetch(`${google.url}/v1/spaces`, {
        headers: { authorization: `Bearer ${appToken(credentials)}` },
      });
      assert.equal(answer.status, 429);
      await isOn(name, false);
      return answer.headers.get('retry-after');
    };
    assert.equal(await waitOf('Too many requests, with a wait'), '5');
    assert.equal(await waitOf('Too many requests'), null);
  });

  it('loses Chat’s answer, when what was asked is done', async () => {
    await shortly('The answer gets lost', '1');
    await toggle('The answer gets lost').click();
    await isOn('The answer gets lost', true);
    await assert.rejects(post('done'));
    assert.deepEqual(texts(), ['done']);
    await isOn('The answer gets lost', false);
  });

  it('makes Chat slow until it is switched off, for all who look', async () => {
    const other = await open();
    await toggle('Chat is slow').click();
    await isOn('Chat is slow', true, other);
    await other.getByRole('heading', { name: 'Bad weather' }).waitFor();
    const begun = performance.now();
    await post('late');
    assert.ok(performance.now() - begun >= 2900);

    await other.getByRole('switch', { name: 'Chat is slow' }).click();
    await isOn('Chat is slow', false);
    await post('soon');
    assert.deepEqual(texts(), ['late', 'soon']);
  });

  it('has the token endpoint out of order', async () => {
    const ask = () => fetch(`${google.url}/token`, { method: 'POST', body: new URLSearchParams() });
    await toggle('The token endpoint is down').click();
    await isOn('The token endpoint is down', true);
    assert.equal((await ask()).status, 503);
    await toggle('The token endpoint is down').click();
    await isOn('The token endpoint is down', false);
    assert.equal((await ask()).status, 400);
  });

  it('publishes each event as often as it is told', async () => {
    const waiting = () => google.pubsub.backlog(google.subscription).waiting;
    for (const [label, copies] of [
      ['Twice', 2],
      ['20 times', 20],
    ] as const) {
      const before = waiting();
      await page.getByText(label, { exact: true }).click();
      await page.locator('#active').getByText('Events come').waitFor();
      await page.locator('#copies.on').waitFor();
      await page.getByRole('radio', { name: label, checked: true }).waitFor();
      await google.world.write(ana(), room(), '@Postern hello');
      assert.equal(waiting() - before, copies);
    }
    await page.locator('#tally div', { hasText: 'Events published' }).getByText('2').waitFor();
  });

  it('takes the app out of a space, where Chat lets it do nothing any more, and brings it back', async () => {
    await page.getByRole('button', { name: 'Remove: Launch party' }).click();
    await page.getByRole('button', { name: 'Add: Launch party' }).waitFor();
    await refused(post('refused'), 403, /not a member of this space/);
    await page.getByRole('button', { name: 'Clear skies' }).click();
    await page.getByRole('button', { name: 'Remove: Launch party' }).waitFor();
    await post('back');
    assert.deepEqual(texts(), ['back']);
  });

  it('clears up all at once, and stays as it is over a reload', async () => {
    await toggle('Chat is down').click();
    await isOn('Chat is down', true);
    await page.reload();
    await isOn('Chat is down', true);
    await page.getByRole('button', { name: 'Clear skies' }).click();
    await isOn('Chat is down', false);
    await page.getByText('Everything works as it should.').waitFor();
    await post('fine');
  });

  it('can’t kill what it can’t reach, and says so', async () => {
    await page.getByText('This page can’t reach the subscriber').waitFor();
    for (const name of ['Kill', 'Kill and start again', 'Stop gently', 'Start']) {
      assert.ok(await page.getByRole('button', { name, exact: true }).isDisabled());
    }
    assert.equal(await page.getByRole('button', { name: 'Revoke: Ana' }).isDisabled(), true);
  });

  it('is worked by the keyboard', async () => {
    await toggle('Chat is down').focus();
    await page.keyboard.press('Space');
    await isOn('Chat is down', true);
    await page.getByRole('radio', { name: 'Once' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('radio', { name: 'Twice', checked: true }).waitFor();
    await page.getByRole('button', { name: 'Remove: Launch party' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Add: Launch party' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove: Launch party' }).waitFor();
  });

  it('obeys its own script only, and nothing that is none of its switches', async () => {
    const send = (path: string, body: object, origin = google.url) =>
      fetch(`${google.url}/weather/${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: origin },
        body: JSON.stringify(body),
      });
    const slow = { condition: 'slow', duration: 'lasting' };
    assert.equal((await send('condition', slow, 'https://example.com')).status, 403);
    for (const odd of [{}, { ...slow, condition: 'rain' }, { ...slow, duration: 0 }]) {
      assert.equal((await send('condition', odd)).status, 400);
    }
    assert.equal((await send('copies', { copies: 3 })).status, 400);
    assert.equal((await send('app', { space: 'spaces/none', hasApp: false })).status, 409);
    assert.equal((await send('subscriber', { order: 'kill' })).status, 409);
    await isOn('Chat is slow', false);
  });

  for (const [look, options] of Object.entries({
    'in the light': { colorScheme: 'light' },
    'in the dark': { colorScheme: 'dark' },
    'on a phone': { viewport: { width: 360, height: 740 } },
  } as const)) {
    it(`has nothing serious against it, ${look}, in clear skies and in bad weather`, async () => {
      page = await open(options);
      await assertAccessible(page);
      await toggle('Chat is slow').click();
      await page.getByText('20 times').click();
      await page.getByRole('button', { name: 'Remove: Launch party' }).click();
      await page.getByRole('button', { name: 'Add: Launch party' }).waitFor();
      await assertAccessible(page);
      assert.ok(
        await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth'),
        'nothing sticks out',
      );
    });
  }
});

/** As the app's own library makes them (AIP-4111). */
function appToken({ serviceAccount }: Credentials): string {
  const { keyId: id, clientEmail, privateKeyPem, publicKeyPem } = serviceAccount;
  const now = Math.floor(Date.now() / 1000);
  return signJwt(
    { id, privateKeyPem, publicKeyPem },
    {
      iss: clientEmail,
      sub: clientEmail,
      scope: 'https://www.googleapis.com/auth/chat.bot',
      iat: now,
      exp: now + 3600,
    },
  );
}
