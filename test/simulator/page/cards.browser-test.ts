import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { chat_v1 } from '@googleapis/chat';
import type { Locator } from 'playwright-core';
import { inBrowser } from './in-browser.ts';

describe('cards in a browser', () => {
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
      await press(ana.getByRole('group', { name: 'A card' }).getByRole('button'));
      assert.match(JSON.stringify(town.published), /"CARD_CLICKED"/);
    });
  });

  it('shows all members the same card, and what becomes of it, in place', async () => {
    await inBrowser(async ({ town, open }) => {
      const posted = await town.postAsApp(town.room, '', { card: incident('Investigating') });
      await town.world.write(town.ana, town.room, 'later');
      const [ana, bruno] = [await open(town.ana), await open(town.bruno)];
      for (const page of [ana, bruno]) {
        const card = page.getByRole('group', { name: 'Incident <b>12</b>' });
        await card.getByText('Status').waitFor();
        await card.getByRole('strong').getByText('Investigating').waitFor();
        await card.getByText('<script>nobody</script>').waitFor();
        assert.equal(await card.getByRole('separator').count(), 1);
        assert.equal(await card.getByRole('button', { name: 'Investigating' }).isDisabled(), true);
      }
      await press(bruno.getByRole('button', { name: 'Resolved' }));
      assert.match(JSON.stringify(town.published), /"invokedFunction":"Resolved"/);
      town.world.edit(posted, {
        cardsV2: [{ cardId: 'card', card: incident('Resolved') }],
      });
      for (const page of [ana, bruno]) {
        const first = page.getByRole('article').first();
        await first.getByRole('strong').getByText('Resolved').waitFor();
        assert.equal(await first.getByRole('button', { name: 'Resolved' }).isDisabled(), true);
        assert.equal(
          await first.getByRole('button', { name: 'Investigating' }).isDisabled(),
          false,
        );
        assert.equal(await page.locator('.card').count(), 1);
        assert.equal(await page.locator('.card img, .card script').count(), 0);
      }
    });
  });

  it('presses the one of several equal buttons that was clicked', async () => {
    await inBrowser(async ({ town, open }) => {
      const widgets = ['Lunch', 'Dinner'].map((text) => ({
        decoratedText: { text, bottomLabel: 'tomorrow', button: actionButton('Cancel', text) },
      }));
      const card = { header: { title: 'Scheduled' }, sections: [{ header: 'Yours', widgets }] };
      await town.postAsApp(town.direct, '', { card, privateTo: town.ana });
      const ana = await open(town.ana, town.direct);
      await press(ana.getByRole('button', { name: 'Cancel' }).nth(1));
      assert.match(JSON.stringify(town.published), /"invokedFunction":"Dinner"/);
    });
  });

  it('says so when Chat can’t pass a click on', async () => {
    await inBrowser(
      async ({ town, open }) => {
        await town.postAsApp(town.room, '', { card: incident('Investigating') });
        const ana = await open(town.ana);
        await ana.getByRole('button', { name: 'Resolved' }).click();
        const notice = 'Postern is unable to process your request.';
        await ana.getByRole('alert').getByText(notice).waitFor();
        assert.deepEqual(town.published, []);
      },
      { dialect: 'add-on' },
    );
  });
});

type Card = chat_v1.Schema$GoogleAppsCardV1Card;
type Button = chat_v1.Schema$GoogleAppsCardV1Button;

function actionButton(text: string, name = text): Button {
  return { text, onClick: { action: { function: name } } };
}

/** A card with everything that a status takes. The button of the status that it has is disabled. */
function incident(status: string): Card {
  const buttons = ['Investigating', 'Resolved'].map((text) => ({
    ...actionButton(text),
    type: text === status ? 'FILLED' : 'OUTLINED',
    disabled: text === status,
  }));
  const state = {
    topLabel: 'Status',
    text: `<b>${status}</b>`,
    bottomLabel: '&lt;script&gt;nobody&lt;/script&gt;',
    startIcon: { materialIcon: { name: 'warning' } },
  };
  return {
    header: { title: 'Incident <b>12</b>', subtitle: 'Checkout' },
    sections: [
      { header: 'Now', widgets: [{ decoratedText: state }, { divider: {} }] },
      { widgets: [{ textParagraph: { text: 'a &amp; b' } }, { buttonList: { buttons } }] },
    ],
  };
}

/** Clicks, until the app has been told. */
async function press(button: Locator): Promise<void> {
  const told = button.page().waitForResponse(/\/page\/press$/);
  await button.click();
  assert.equal((await told).status(), 200);
}
