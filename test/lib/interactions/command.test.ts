import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  app,
  bo,
  DIALECTS,
  eventsIn,
  ignored,
  message,
  parse,
  parsed,
  slash,
  slashMetadata,
  unreadable,
} from './payloads.ts';

for (const dialect of DIALECTS) {
  describe(`a command in the ${dialect} dialect`, () => {
    const { event } = eventsIn(dialect);

    for (const [title, trigger, told] of [
      ['a message with a slash command', 'message', { message: slash() }],
      ['a command event', 'command', { message: slash(), command: slashMetadata }],
      ['a message with metadata', 'message', { message: slash(), command: slashMetadata }],
      [
        'a command event that leaves the message bare',
        'command',
        { message: slash({ slashCommand: null, annotations: null }), command: slashMetadata },
      ],
      ['an addition by slash command', 'added', { message: slash() }],
      [
        'a command event without its type',
        'command',
        { message: slash(), command: { appCommandId: 1 } },
      ],
    ] as const) {
      it(`may be ${title}`, () => {
        const { command, message: written } = parsed('command', event(trigger, told));
        assert.deepEqual(command, { id: 1, type: 'slash' });
        assert.equal(written?.argument, 'good news');
        assert.equal(written?.markup, 'good news');
      });
    }

    for (const commandId of [2, 2.0, '2', '2.0']) {
      it(`may have its number written as ${JSON.stringify(commandId)}`, () => {
        const told = { message: slash({ slashCommand: { commandId } }) };
        assert.equal(parsed('command', event('message', told)).command.id, 2);
        const command = { appCommandId: commandId, appCommandType: 'QUICK_COMMAND' };
        assert.equal(parsed('command', event('command', { command })).command.id, 2);
      });
    }

    it('has no message when it is a quick command', () => {
      const command = { appCommandId: 3, appCommandType: 'QUICK_COMMAND' };
      const interaction = parsed('command', event('command', { command }));
      assert.deepEqual(interaction.command, { id: 3, type: 'quick' });
      assert.equal('message' in interaction, false);
    });

    it('does not have the message that a message action points at', () => {
      const command = { appCommandId: 7, appCommandType: 'MESSAGE_ACTION' };
      const told = { command, message: message({ sender: bo }) };
      const interaction = parsed('command', event('command', told));
      assert.deepEqual(interaction.command, { id: 7, type: 'message-action' });
      assert.equal('message' in interaction, false);
    });

    it('may be a message action on a message of a bot, or of our own', () => {
      const command = { appCommandId: 7, appCommandType: 'MESSAGE_ACTION' };
      const own = message({ sender: app, clientAssignedMessageId: 'client-postern-1' });
      parsed('command', event('command', { command, message: own }));
    });

    it('is ignored when its type is unknown or missing', () => {
      const command = { appCommandId: 3, appCommandType: 'SOMETHING_NEW' };
      assert.deepEqual(parse(event('command', { command })), ignored('unknown-type'));
      assert.deepEqual(parse(event('command')), ignored('unknown-type'));
    });

    for (const commandId of [undefined, null, '', 'one', 1.5, '1.5', {}, '9'.repeat(40)]) {
      it(`is no event with the number ${JSON.stringify(commandId) ?? 'left out'}`, () => {
        const told = { message: slash({ slashCommand: { commandId } }) };
        assert.deepEqual(parse(event('message', told)), unreadable('not-an-event'));
      });
    }
  });
}
