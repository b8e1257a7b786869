import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { notification, read } from './published.ts';

const space = 'spaces/OPS';
const text = 'Disk full';

describe('what a system publishes', () => {
  it('is text or a card for a space, or for a webhook by its name', () => {
    assert.partialDeepStrictEqual(notification({ text }), {
      target: { kind: 'space', space },
      content: { text },
      key: undefined,
      thread: undefined,
    });
    const card = { header: { title: 'Disk' } };
    const answer = read({ webhook: 'ops', card, key: 'disk-7', thread: 'disks' });
    assert.partialDeepStrictEqual(answer, {
      notification: {
        target: { kind: 'webhook', webhook: 'ops' },
        content: { card },
        key: 'disk-7',
        thread: 'disks',
      },
    });
  });

  it('is known by its Pub/Sub message, whatever is in it', () => {
    assert.equal(notification({ text }, '7').id, notification({ text: 'other' }, '7').id);
    assert.notEqual(notification({ text }, '7').id, notification({ text }, '8').id);
  });

  for (const [what, data, reason, fields] of [
    ['no JSON', 'Disk full', 'not-json', ''],
    ['nothing', '', 'not-json', ''],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'not-json', ''],
    ['more than could be meant', `"${'x'.repeat(256 * 1024)}"`, 'too-large', ''],
    ['a list', [], 'fields', ''],
    ['null', 'null', 'fields', ''],
    ['a field that there isn’t', { space, text, txet: 'x' }, 'fields', 'txet'],
    ['a field named like a text', { space, text, 'p@ss word': 'x' }, 'fields', '?'],
    ['a space that is none', { space: 'OPS', text }, 'fields', 'space'],
    ['a URL for a space', { space: 'spaces/A/messages?token=x', text }, 'fields', 'space'],
    [
      'a URL for a webhook',
      { webhook: 'https://chat.googleapis.com/x', text },
      'fields',
      'webhook',
    ],
    ['a text that is none', { space, text: 7 }, 'fields', 'text'],
    ['an empty text', { space, text: ' \n' }, 'fields', 'text'],
    ['a card that is none', { space, card: [{}] }, 'fields', 'card'],
    ['an empty key', { space, text, key: '' }, 'fields', 'key'],
    ['a key too long', { space, text, key: 'x'.repeat(201) }, 'fields', 'key'],
    ['a thread too long', { space, text, thread: 'x'.repeat(201) }, 'fields', 'thread'],
    ['two mistakes', { space: 1, text, markup: 'yes' }, 'fields', 'space,markup'],
    ['no target', { text }, 'target', 'space,webhook'],
    ['two targets', { space, webhook: 'ops', text }, 'target', 'space,webhook'],
    ['no content', { space }, 'content', 'text,card'],
    ['two contents', { space, text, card: {} }, 'content', 'text,card'],
    ['a card that calls back', { space, card: { onClick: { action: {} } } }, 'card-action', 'card'],
  ] as const) {
    it(`is no notification with ${what}: told by ${reason}, and by fields`, () => {
      const answer = read(data);
      assert.ok(answer.outcome === 'invalid');
      assert.equal(answer.reason, reason);
      assert.equal(answer.fields.join(), fields);
    });
  }

  it('never makes its reader fail, and its content is never in what is told of a mistake', () => {
    const secret = 'hunter2';
    const value = fc.oneof(fc.json(), fc.constantFrom(`"${secret}"`, `{"${secret}":1}`, '1'));
    const published = fc.dictionary(
      fc.constantFrom('space', 'webhook', 'text', 'card', 'key', 'thread', 'markup', secret),
      value,
    );
    fc.assert(
      fc.property(fc.oneof(published, fc.string(), fc.uint8Array()), (data) => {
        const isText = typeof data === 'string' || data instanceof Uint8Array;
        const members = Object.entries(data).map(([name, json]) => `"${name}":${json}`);
        const answer = read(isText ? data : `{${members.join()}}`);
        if (answer.outcome === 'invalid') assert.ok(!JSON.stringify(answer).includes(secret));
      }),
    );
  });

  it('may be nested as deeply as its size allows', () => {
    const depth = 100_000;
    const nested = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    assert.equal(read(`{"space":"spaces/A","card":{"x":${nested}}}`).outcome, 'invalid');
    assert.equal(read(nested).outcome, 'invalid');
  });
});

describe('what a notification says', () => {
  const card = {
    header: { title: 'a < b' },
    sections: [
      {
        header: '<b>Disks</b>',
        widgets: [
          { textParagraph: { text: 'see <a href="https://evil.example">bank.example</a> & co' } },
          { decoratedText: { topLabel: '<i>', text: '1 < 2', bottomLabel: 'a > b' } },
          { buttonList: { buttons: [{ text: 'A & B', onClick: OPEN('https://t.example/1') }] } },
        ],
      },
    ],
  };

  it('mentions nobody, and hides no link; bold is left alone', () => {
    const { content } = notification({ text: '*Look* <users/all> at <https://evil.example|bank>' });
    assert.equal(content.text, '*Look* ‹users/all> at ‹https://evil.example|bank>');
  });

  it('is left as it is when the system asks for markup', () => {
    const marked = '<users/all> <https://t.example|ticket>';
    assert.deepEqual(notification({ text: marked, markup: true }).content, { text: marked });
    assert.deepEqual(notification({ card, markup: true }).content, { card });
  });

  it('stands in a card as it was written, HTML or not', () => {
    const [section] = notification({ card }).content.card?.sections ?? [];
    const [paragraph, decorated, buttons] = section?.widgets ?? [];
    assert.equal(section?.header, '&lt;b&gt;Disks&lt;/b&gt;');
    assert.equal(
      paragraph?.textParagraph?.text,
      'see &lt;a href="https://evil.example"&gt;bank.example&lt;/a&gt; &amp; co',
    );
    assert.deepEqual(decorated?.decoratedText, {
      topLabel: '&lt;i&gt;',
      text: '1 &lt; 2',
      bottomLabel: 'a &gt; b',
    });
    assert.equal(buttons?.buttonList?.buttons?.[0]?.text, 'A & B', 'no HTML there');
    assert.equal(notification({ card }).content.card?.header?.title, 'a < b', 'nor there');
  });
});

function OPEN(url: string) {
  return { openLink: { url } };
}
