import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  ana,
  app,
  bo,
  byMention,
  card,
  DIALECTS,
  dm,
  eventsIn,
  ignored,
  mention,
  message,
  parse,
  parsed,
  payload,
  room,
  slash,
  slashMetadata,
} from './payloads.ts';

for (const dialect of DIALECTS) {
  describe(`an event in the ${dialect} dialect`, () => {
    const { event, said } = eventsIn(dialect);

    it('is ignored when a bot acts, even one without a name or a space', () => {
      for (const trigger of ['message', 'command', 'added', 'removed', 'click'] as const) {
        const told = { message: message(), command: slashMetadata };
        const bots = [app, { type: 'BOT' }];
        for (const user of bots) {
          assert.deepEqual(parse(event(trigger, { ...told, user })), ignored('bot'), trigger);
        }
        const nowhere = { ...told, user: app, space: undefined };
        assert.deepEqual(parse(event(trigger, nowhere)), ignored('bot'), trigger);
      }
    });

    it('is ignored when a bot wrote the message, whoever is the user', () => {
      assert.deepEqual(parse(said({ sender: app })), ignored('bot'));
      assert.deepEqual(parse(said({ sender: app }, { user: undefined })), ignored('bot'));
    });

    it('is ignored when we posted the message as a person', () => {
      const id = 'client-postern-4f2a';
      assert.deepEqual(parse(said({ clientAssignedMessageId: id })), ignored('own-message'));
      assert.deepEqual(parse(said({ name: `spaces/A/messages/${id}` })), ignored('own-message'));
    });

    it('is not ignored when another app posted the message as a person', () => {
      parsed('message', said({ clientAssignedMessageId: 'client-other-1' }));
    });

    it('is not ignored when our own card was clicked', () => {
      const own = { ...card, clientAssignedMessageId: 'client-postern-4f2a' };
      parsed('click', event('click', { message: own }));
    });

    for (const beside of [
      { isDialogEvent: true, dialogEventType: 'REQUEST_DIALOG' },
      { isDialogEvent: true, dialogEventType: 'SUBMIT_DIALOG' },
      { isDialogEvent: true, dialogEventType: 'CANCEL_DIALOG' },
      { isDialogEvent: 'true', dialogEventType: 'SOMETHING_NEW' },
      { isDialogEvent: true },
      { dialogEventType: 'CANCEL_DIALOG' },
    ]) {
      it(`is ignored when it concerns a dialog: ${JSON.stringify(beside)}`, () => {
        assert.deepEqual(parse(event('click', { message: card, beside })), ignored('dialog'));
        const told = { message: slash(), command: slashMetadata, beside };
        assert.deepEqual(parse(event('command', told)), ignored('dialog'));
      });
    }

    it('is not ignored when it says that it concerns none', () => {
      const beside = { isDialogEvent: false, dialogEventType: 'TYPE_UNSPECIFIED' };
      parsed('click', event('click', { message: card, beside }));
    });

    it('is ignored when a widget asks for suggestions', () => {
      assert.deepEqual(parse(event('widget')), ignored('widget-update'));
    });

    it('is ignored when it asks for the preview of a link that was not meant for the app', () => {
      const link = { text: 'https://t.example/42', matchedUrl: { url: 'https://t.example/42' } };
      assert.deepEqual(parse(said(link)), ignored('link-preview'));
      const toBo = { ...link, text: `@Bo ${link.text}` };
      const annotations = [mention(toBo.text, '@Bo', bo)];
      assert.deepEqual(parse(said({ ...toBo, annotations })), ignored('link-preview'));
    });

    it('is not ignored when a link with a preview is written to the app', () => {
      const matchedUrl = { url: 'https://t.example/42' };
      parsed('message', said({ matchedUrl }, { space: dm }));
      parsed('message', said({ ...byMention('MENTION'), matchedUrl }));
      parsed('command', event('message', { message: slash({ matchedUrl }) }));
    });
  });
}

describe('an event in the add-on dialect', () => {
  it('is ignored when it announces the message that added the app', () => {
    const event = payload('add-on', 'added', { beside: { interactionAdd: true } });
    assert.deepEqual(parse(event), ignored('message-follows'));
    const inDocs = payload('add-on', 'added', { beside: { interactionAdd: 'true' } });
    assert.deepEqual(parse(inDocs), ignored('message-follows'));
    parsed('added', payload('add-on', 'added', { beside: { interactionAdd: false } }));
  });
});

describe('an event of a type', () => {
  for (const [event, reason] of [
    [{ type: 'SOMETHING_NEW', user: ana, space: room }, 'unknown-type'],
    [{ type: 'UNSPECIFIED' }, 'unknown-type'],
    [{ type: 'constructor' }, 'unknown-type'],
    [{ type: '' }, 'unknown-type'],
    [{ chat: { user: ana, somethingNewPayload: {} } }, 'unknown-type'],
    [{ chat: { user: ana, type: 'SOMETHING_NEW' } }, 'unknown-type'],
    [{ type: 'APP_HOME', user: ana, space: dm }, 'app-home'],
    [{ type: 'SUBMIT_FORM', user: ana, space: dm }, 'app-home'],
    [{ chat: { type: 'APP_HOME', user: ana, space: dm } }, 'app-home'],
    [{ chat: { type: 'SUBMIT_FORM', user: ana, space: dm } }, 'app-home'],
  ] as const) {
    it(`that we have no use for is ignored: ${JSON.stringify(event).slice(0, 60)}`, () => {
      assert.deepEqual(parse(event), ignored(reason));
    });
  }
});
