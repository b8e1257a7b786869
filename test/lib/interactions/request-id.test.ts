import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  app,
  at,
  bo,
  card,
  DIALECTS,
  type Json,
  mention,
  message,
  parse,
  payload,
  room,
  type Told,
} from './payloads.ts';

function idOf(event: unknown, pubSubId?: string): string {
  const result = parse(event, pubSubId);
  assert.equal(result.outcome, 'interaction', JSON.stringify(result));
  return result.interaction.requestId;
}

type Trigger = Parameters<typeof payload>[1];
const quick = { appCommandId: 1, appCommandType: 'QUICK_COMMAND' };
const messageAction = { appCommandId: 7, appCommandType: 'MESSAGE_ACTION' };
const click = { message: card, action: 'approve', parameters: { a: '1', b: '2' } };
const elsewhere = { ...room, name: 'spaces/OTHER' };
const later = '2026-08-17T14:02:11.482124Z';

const requests: Record<string, [Trigger, Told]> = {
  'a message': ['message', { message: message() }],
  'a slash command': ['message', { message: message({ slashCommand: { commandId: '1' } }) }],
  'a quick command': ['command', { command: quick }],
  'a message action': ['command', { command: messageAction, message: message() }],
  'an addition': ['added', {}],
  'a removal': ['removed', {}],
  'a click': ['click', click],
};

for (const [title, [trigger, told]] of Object.entries(requests)) {
  describe(`the request id of ${title}`, () => {
    const [classic, addOn] = DIALECTS.map((dialect) => payload(dialect, trigger, told));

    it('is 64 hexadecimal digits', () => assert.match(idOf(classic), /^[0-9a-f]{64}$/));

    it('is the same in both dialects, and however it is delivered', () => {
      assert.equal(idOf(classic, 'pubsub-1'), idOf(addOn, 'pubsub-2'));
    });

    it('does not depend on what Chat adds to the event when it sends it again', () => {
      const again = { ...classic, configCompleteRedirectUrl: 'https://chat.example/?token=x' };
      assert.equal(idOf(again), idOf(classic));
    });
  });
}

describe('the request id', () => {
  it('of a message is the same when its text was edited before it was sent again', () => {
    const event = (text: string) =>
      payload('classic', 'message', {
        message: message({ text, lastUpdateTime: later }),
        eventTime: later,
      });
    assert.equal(idOf(event('one')), idOf(event('two')));
    assert.equal(idOf(event('one')), idOf(payload('classic', 'message', { message: message() })));
  });

  it('of a slash command is the same as a message and as a command', () => {
    const slash = { message: message({ slashCommand: { commandId: '1' } }) };
    const command = { appCommandId: 1, appCommandType: 'SLASH_COMMAND' };
    assert.equal(
      idOf(payload('classic', 'message', slash)),
      idOf(payload('add-on', 'command', { ...slash, command, eventTime: later })),
    );
  });

  it('of an addition by mention is the same as an addition and as a message', () => {
    const text = '@Postern hi';
    const told = {
      message: message({
        text,
        annotations: [mention(text, text.slice(0, 8), app, { type: 'ADD' })],
      }),
    };
    const asMessage = payload('add-on', 'message', { ...told, eventTime: later });
    assert.equal(idOf(payload('classic', 'added', told)), idOf(asMessage));
  });

  it('of a click does not depend on the order of the parameters', () => {
    const parameters = { b: '2', a: '1' };
    const event = (told: Told) => idOf(payload('classic', 'click', { ...click, ...told }));
    assert.equal(event({ parameters }), event({}));
  });

  it('differs when something else was done', () => {
    const differing: [Trigger, Told][] = [
      ...Object.values(requests).filter(([trigger]) => trigger !== 'message'),
      ['message', { message: message() }],
      ['message', { message: message({ name: 'spaces/ROOM/messages/M2.M2' }) }],
      ['command', { command: { ...quick, appCommandId: 2 } }],
      ['command', { command: messageAction, message: card }],
      ['click', { ...click, action: 'reject' }],
      ['click', { ...click, parameters: { a: '1', b: '3' } }],
      ['click', { ...click, parameters: { a: '1' } }],
      ['click', { ...click, message: { ...card, name: 'spaces/ROOM/messages/OTHER' } }],
      ['click', { ...click, message: { ...card, lastUpdateTime: later } }],
      ...(['user', 'space', 'eventTime'] as const).flatMap((field): [Trigger, Told][] => {
        const other = { user: bo, space: elsewhere, eventTime: later }[field];
        return [
          ['command', { command: quick, [field]: other }],
          ['added', { [field]: other }],
          ['removed', { [field]: other }],
          ['click', { ...click, [field]: other }],
        ];
      }),
    ];
    const ids = differing.map(([trigger, told]) => idOf(payload('classic', trigger, told)));
    assert.equal(new Set(ids).size, ids.length);
  });

  it('of a click on an unchanged card is the same with and without the time of its creation', () => {
    const at1 = { ...click, message: { ...card, createTime: later, lastUpdateTime: at } };
    const at2 = { ...click, message: { ...card, createTime: undefined, lastUpdateTime: at } };
    assert.equal(idOf(payload('classic', 'click', at1)), idOf(payload('classic', 'click', at2)));
  });

  it('is of the Pub/Sub message only where the event tells neither a message nor a time', () => {
    const nameless: Json = { slashCommand: { commandId: 2 } };
    for (const [trigger, told] of [
      ['message', { message: message({ name: undefined }) }],
      ['message', { message: nameless }],
      ['command', { command: quick }],
      ['added', {}],
      ['removed', { message: message() }],
      ['click', { action: 'approve' }],
    ] as const) {
      const timeless = payload('classic', trigger, { ...told, eventTime: undefined });
      assert.notEqual(idOf(timeless, 'pubsub-1'), idOf(timeless, 'pubsub-2'));
      assert.equal(idOf(timeless, 'pubsub-1'), idOf(timeless, 'pubsub-1'));
      const timed = payload('classic', trigger, told);
      assert.equal(idOf(timed, 'pubsub-1'), idOf(timed, 'pubsub-2'));
    }
    for (const [trigger, told] of [
      ['message', { message: message() }],
      ['command', { command: messageAction, message: message() }],
      ['click', click],
    ] as const) {
      const named = payload('classic', trigger, { ...told, eventTime: 'no time' });
      assert.equal(idOf(named, 'pubsub-1'), idOf(named, 'pubsub-2'));
    }
  });
});
