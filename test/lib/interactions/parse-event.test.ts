import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dueMessage, REQUEST_ATTRIBUTE } from '../../../src/lib/interactions/due-message.ts';
import { parseEvent } from '../../../src/lib/interactions/parse-event.ts';
import { requestId, spaceName } from '../../../src/lib/names.ts';
import { message, parse, payload } from './payloads.ts';

const id = requestId.parse('ab'.repeat(32));
const space = spaceName.parse('spaces/AAAAroom');
const raw = (data: string | Uint8Array, attributes: Record<string, string> = {}) =>
  parseEvent({ data: Buffer.from(data), attributes, id: '1' });
const plain = payload('classic', 'message', { message: message() });
const notAnEvent = { outcome: 'unreadable', reason: 'not-an-event' };

describe('a message on the subscription', () => {
  it('is a due request when our relay published it', () => {
    const published = dueMessage({ id, space });
    const due = { outcome: 'due', requestId: id, space };
    assert.deepEqual(parseEvent({ ...published, id: '1' }), due);
  });

  it('is no event when it names something else than a request', () => {
    const data = JSON.stringify(plain);
    assert.deepEqual(raw(data, { [REQUEST_ATTRIBUTE]: 'latest' }), notAnEvent);
    assert.deepEqual(raw(data, { [REQUEST_ATTRIBUTE]: id }), notAnEvent, 'without its space');
  });

  it('is ignored when it is an event of the Workspace Events API, whatever it holds', () => {
    const attributes = { 'ce-type': 'google.workspace.chat.message.v1.created' };
    for (const data of [JSON.stringify(plain), '{}', '']) {
      assert.deepEqual(raw(data, attributes), { outcome: 'ignored', reason: 'workspace-event' });
    }
  });

  it('is too large above the limit, which is checked before anything else', () => {
    const tooLarge = { outcome: 'unreadable', reason: 'too-large' };
    const data = Buffer.from(JSON.stringify(plain));
    const { attributes } = dueMessage({ id, space });
    const limits = { maxBytes: data.byteLength };
    assert.equal(parseEvent({ data, attributes: {}, id: '1' }, limits).outcome, 'interaction');
    limits.maxBytes--;
    assert.deepEqual(parseEvent({ data, attributes: {}, id: '1' }, limits), tooLarge);
    assert.deepEqual(parseEvent({ data, attributes, id: '1' }, limits), tooLarge);
    assert.deepEqual(raw(Buffer.alloc(1024 * 1024 + 1, ' ')), tooLarge);
  });

  it('has room for the largest message that Chat takes, escaped, in every field', () => {
    const text = '='.repeat(32_000);
    const largest = message({ text, argumentText: text, formattedText: text });
    const event = payload('add-on', 'message', { message: largest });
    const escaped = JSON.stringify(event).replaceAll('=', '\\u003d');
    assert.equal(raw(escaped).outcome, 'interaction');
  });

  for (const [title, data] of [
    ['nothing', ''],
    ['half an object', '{"type":'],
    ['Latin-1', Buffer.from('{"type":"é"}', 'latin1')],
    ['UTF-16', Buffer.from('{}', 'utf16le')],
    ['a protocol buffer', Buffer.from([0x0a, 0x03, 0xff, 0xfe])],
  ] as const) {
    it(`is not JSON when it holds ${title}`, () => {
      assert.deepEqual(raw(data), { outcome: 'unreadable', reason: 'not-json' });
    });
  }

  for (const event of [
    null,
    'MESSAGE',
    [plain],
    {},
    { type: 123 },
    { type: null, chat: null },
    { chat: [] },
    { chat: {} },
    { chat: { messagePayload: null } },
    { chat: { messagePayload: 'hello' } },
    { chat: { messagePayload: {}, appCommandPayload: {} } },
    { type: 'MESSAGE', chat: { type: 'APP_HOME' } },
    { ...plain, ...payload('add-on', 'message', { message: message() }) },
    JSON.parse('{"__proto__":{"type":"MESSAGE"}}'),
    JSON.parse('{"chat":{"__proto__":{"messagePayload":{}}}}'),
    { commonEventObject: {}, gmail: {} },
  ]) {
    it(`is no event when it is ${JSON.stringify(event).slice(0, 70)}`, () => {
      assert.deepEqual(parse(event), notAnEvent);
    });
  }

  it('may begin with a byte order mark', () => {
    assert.equal(raw(`\uFEFF${JSON.stringify(plain)}`).outcome, 'interaction');
  });

  it('may be nested as deeply as fits', () => {
    const deep = `${'{"a":['.repeat(50_000)}1${']}'.repeat(50_000)}`;
    assert.equal(raw(deep).outcome, 'unreadable');
    const withDeep = JSON.stringify(plain).replace('{', `{"future":${deep},`);
    assert.equal(raw(withDeep).outcome, 'interaction');
  });
});
