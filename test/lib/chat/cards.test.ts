import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { CHAT_MESSAGES_CREATE } from '../../../src/lib/authorization/scopes.ts';
import { connectCard, connectedCard, textCard } from '../../../src/lib/chat/cards.ts';
import type { Card } from '../../../src/lib/chat/chat.ts';
import { languageFor } from '../../../src/lib/words/language.ts';

const ENGLISH = languageFor('en');

const url = 'https://accounts.google.com/o/oauth2/v2/auth?state=a&scope=b%20c';

/** Everything that a card says, as its HTML. */
function texts(card: Card): string[] {
  return (card.sections ?? [])
    .flatMap((section) => section.widgets ?? [])
    .flatMap((widget) => [widget.textParagraph?.text, widget.decoratedText?.text])
    .filter((text) => typeof text === 'string');
}

function readHtml(html: string): string {
  return html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

describe('the card that asks to connect an account', () => {
  const ask = (reason: Parameters<typeof connectCard>[0]['reason']): Card =>
    connectCard({ url, reason, scopes: [CHAT_MESSAGES_CREATE] }, ENGLISH);

  it('opens the very link', () => {
    const buttons = ask('not-connected').sections?.flatMap((section) =>
      (section.widgets ?? []).flatMap((widget) => widget.buttonList?.buttons ?? []),
    );
    assert.deepEqual(
      buttons?.map((button) => button.onClick),
      [{ openLink: { url } }],
    );
  });

  it('says what happens in the name of the person, with what permission, who sees it, and for how long', () => {
    const said = texts(ask('not-connected')).join('\n');
    assert.match(said, /act as you: what I post will carry your name/);
    assert.match(said, /Write messages in Google Chat as you/);
    assert.match(said, /Only you can see this/);
    assert.match(said, /yours alone/);
    assert.match(said, /one hour/);
  });

  it('says why it asks again', () => {
    const whys = (['not-connected', 'permission-missing', 'connection-ended'] as const).map(
      (reason) => texts(ask(reason))[0],
    );
    assert.equal(new Set(whys).size, 3);
  });

  it('names every permission, also one that it has no words for', () => {
    const scopes = ['openid', 'https://www.googleapis.com/auth/chat.spaces.readonly'];
    const said = texts(connectCard({ url, reason: 'permission-missing', scopes }, ENGLISH));
    assert.deepEqual(said.slice(1, -1), [
      'See which Google account is yours.',
      'The Google permission “chat.spaces.readonly”.',
    ]);
  });
});

describe('the card that says an account is connected', () => {
  it('names the account, if it is known, and how to end it', () => {
    const known = texts(connectedCard({ email: 'ana@example.com', missing: [] }, ENGLISH));
    assert.ok(known.includes('You have connected ana@example.com.'));
    assert.equal(texts(connectedCard({ missing: [] }, ENGLISH)).length, known.length - 1);
    assert.match(known.join('\n'), /disconnect/);
  });

  it('names what was asked for and not given, if anything, and that it is asked for again', () => {
    const missing = [CHAT_MESSAGES_CREATE];
    const said = texts(connectedCard({ missing }, ENGLISH)).join('\n');
    assert.match(said, /haven’t allowed me \(I ask you again/);
    assert.match(said, /• Write messages in Google Chat as you/);
    assert.doesNotMatch(texts(connectedCard({ missing: [] }, ENGLISH)).join('\n'), /haven’t|•/);
  });

  it('offers no link any more', () => {
    assert.doesNotMatch(
      JSON.stringify(connectedCard({ missing: [] }, ENGLISH)),
      /openLink|https?:/,
    );
  });
});

describe('text in a card', () => {
  it('is shown as it is, whatever it looks like', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom(...'<>&;/ab"lt') })), (paragraphs) => {
        const shown = texts(textCard({ title: 'Help', paragraphs }));
        assert.deepEqual(shown.map(readHtml), paragraphs);
        for (const html of shown) assert.doesNotMatch(html, /[<>]|&(?!amp;|lt;|gt;)/);
      }),
    );
  });

  it('is escaped where it comes from an account', () => {
    const said = texts(
      connectedCard(
        { email: '<a href="https://evil.example">x</a>&@example.com', missing: [] },
        ENGLISH,
      ),
    );
    assert.doesNotMatch(said.join(''), /[<>]/);
  });
});
