import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  ana,
  app,
  at,
  bo,
  byMention,
  card,
  DIALECTS,
  dm,
  eventsIn,
  mention,
  message,
  parse,
  parsed,
  room,
  slashMetadata,
  unreadable,
} from './payloads.ts';

for (const dialect of DIALECTS) {
  describe(`an event in the ${dialect} dialect`, () => {
    const { event, said } = eventsIn(dialect);

    it('tells who wrote what, where, when, in which language and time zone', () => {
      const { requestId: _, ...interaction } = parsed('message', said());
      assert.deepEqual(interaction, {
        dialect,
        kind: 'message',
        person: { name: 'users/101', displayName: 'Ana', email: 'ana@a.example' },
        space: { name: 'spaces/ROOM', kind: 'room', displayName: 'Ops' },
        eventTime: Date.UTC(2026, 7, 17, 14, 2, 11, 482),
        locale: 'en',
        timeZone: 'Europe/Zurich',
        message: {
          name: 'spaces/ROOM/messages/M1.M1',
          thread: 'spaces/ROOM/threads/M1',
          argument: 'hello there',
          markup: 'hello there',
        },
      });
    });

    describe('names the person who acts', () => {
      it('who is the user, also where somebody else is the sender', () => {
        const messageAction = { appCommandId: 7, appCommandType: 'MESSAGE_ACTION' };
        const told = { message: message({ sender: bo }), command: messageAction };
        assert.equal(parsed('command', event('command', told)).person.name, ana.name);
        assert.equal(parsed('click', event('click', { message: card })).person.name, ana.name);
      });

      it('who may be told by name alone', () => {
        const user = { name: ana.name, displayName: ' ', email: null };
        assert.deepEqual(parsed('message', said({}, { user })).person, { name: ana.name });
      });

      it('for whom the sender stands in, in plain messages only', () => {
        assert.equal(parsed('message', said({}, { user: undefined })).person.name, ana.name);
        const sentByAna = { user: undefined, message: message() };
        for (const trigger of ['click', 'command', 'added', 'removed'] as const) {
          const told = { ...sentByAna, command: slashMetadata };
          assert.deepEqual(parse(event(trigger, told)), unreadable('no-user'), trigger);
        }
      });

      for (const name of [undefined, null, '', 'users/', 'people/1', 'users/1/x', 'users/a?b', 7]) {
        it(`and not by ${JSON.stringify(name) ?? 'nothing'}`, () => {
          const told = { user: { ...ana, name } };
          const result = parse(said({ sender: undefined }, told));
          assert.deepEqual(result, unreadable('no-user'));
        });
      }
    });

    describe('names the space', () => {
      for (const [fields, kind] of [
        [{}, 'room'],
        [{ type: 'ROOM' }, 'room'],
        [{ spaceType: 'SPACE', type: 'ROOM' }, 'room'],
        [{ spaceType: 'SOMETHING_NEW' }, 'room'],
        [{ spaceType: 'GROUP_CHAT' }, 'group'],
        [{ spaceType: 'DIRECT_MESSAGE' }, 'dm'],
        [{ type: 'DM' }, 'dm'],
        [{ singleUserBotDm: true }, 'dm'],
        [{ singleUserBotDm: 'true' }, 'dm'],
        [{ singleUserBotDm: 'false' }, 'room'],
      ] as const) {
        it(`which is a ${kind} with ${JSON.stringify(fields)}`, () => {
          const space = { name: 'spaces/S', ...fields };
          assert.deepEqual(parsed('message', said({}, { space })).space, {
            name: 'spaces/S',
            kind,
          });
        });
      }

      it('which the message tells, when nothing better does', () => {
        const interaction = parsed('message', said({ space: dm }, { space: undefined }));
        assert.deepEqual(interaction.space, { name: 'spaces/DM', kind: 'dm' });
      });

      it('which the message describes more fully, but only if it is the same', () => {
        const nameOnly = { space: { name: 'spaces/DM' } };
        assert.equal(parsed('message', said({ space: dm }, nameOnly)).space.kind, 'dm');
        assert.equal(parsed('message', said({ space: dm })).space.kind, 'room');
      });

      for (const space of [undefined, { displayName: 'Ops' }, { name: 'spaces/' }, 'spaces/A']) {
        it(`and not by ${JSON.stringify(space) ?? 'nothing'}`, () => {
          assert.deepEqual(parse(said({ space }, { space })), unreadable('no-space'));
        });
      }
    });

    describe('is an addition', () => {
      it('without a message, from the list of apps', () => {
        const { message: written, space } = parsed('added', event('added'));
        assert.equal(written, undefined);
        assert.equal(space.name, room.name);
      });

      it('with the message that mentioned the app', () => {
        const told = { message: byMention('ADD') };
        const trigger = dialect === 'classic' ? 'added' : 'message';
        assert.equal(parsed('added', event(trigger, told)).message?.argument, 'hi');
      });

      it('but not when a person is added by mention', () => {
        const text = '@Bo @Postern hi';
        const annotations = [
          mention(text, '@Bo', bo, { type: 'ADD' }),
          mention(text, '@Postern', app),
        ];
        parsed('message', said({ text, annotations }));
      });
    });

    it('is a removal', () => {
      const { kind, person } = parsed('removed', event('removed'));
      assert.deepEqual([kind, person.name], ['removed', ana.name]);
    });

    it('is no event as a message event without a message', () => {
      assert.deepEqual(parse(event('message')), unreadable('not-an-event'));
    });

    it('has no time when that is no time', () => {
      const times = [undefined, null, 'yesterday', '1', 7, '2026-02-30T10:00:00Z', '2026-08-17'];
      for (const eventTime of times) {
        assert.equal('eventTime' in parsed('message', said({}, { eventTime })), false);
      }
    });

    it('has a time in any zone', () => {
      const eventTime = '2026-08-17T16:02:11.482123999+02:00';
      const expected = parsed('message', said()).eventTime;
      assert.equal(parsed('message', said({}, { eventTime })).eventTime, expected);
    });

    for (const [given, expected] of [
      ['de-CH', 'de-CH'],
      ['pt_BR', 'pt-BR'],
      ['EN-us', 'en-US'],
      ['english please', undefined],
      ['', undefined],
      [7, undefined],
    ] as const) {
      it(`speaks ${JSON.stringify(given)} as ${expected ?? 'no language'}`, () => {
        const told = { common: { userLocale: given } };
        assert.equal(parsed('message', said({}, told)).locale, expected);
      });
    }

    it('has no time zone that this runtime does not know', () => {
      for (const id of ['Mars/Olympus', '', null, 3]) {
        const told = { common: { timeZone: { id, offset: 0 } } };
        assert.equal('timeZone' in parsed('message', said({}, told)), false);
      }
    });
  });
}

describe('an event in the add-on dialect only', () => {
  it('takes the space from beside the payload, when the payload has none', () => {
    const chat = { user: ana, space: dm, eventTime: at, messagePayload: { message: message() } };
    assert.deepEqual(parsed('message', { chat }).space, { name: 'spaces/DM', kind: 'dm' });
  });

  it('has one payload, also where the others are there as nulls', () => {
    const messagePayload = { message: message(), space: room };
    parsed('message', { chat: { user: ana, messagePayload, appCommandPayload: null } });
  });

  it('completes the space of the payload from beside it', () => {
    const metadata = { appCommandId: 1, appCommandType: 'QUICK_COMMAND' };
    const appCommandPayload = { appCommandMetadata: metadata, space: { name: 'spaces/DM' } };
    const chat = { user: ana, space: dm, appCommandPayload };
    assert.equal(parsed('command', { chat }).space.kind, 'dm');
  });
});
