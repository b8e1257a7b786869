import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { worldOf } from '../../../simulator/simulate/event-world.ts';
import { BadFile, readRecordedEvent } from '../../../simulator/simulate/recorded-event.ts';
import { tellIn } from '../../../simulator/simulate/tell-in.ts';
import { parseEvent } from '../../../src/lib/interactions/parse-event.ts';

const MENTION = 'test/fixtures/mention.json';
const HELP = 'test/fixtures/help-in-direct-message.json';
const NOW = '2026-11-21T12:00:00.000000Z';
const TOPIC = 'projects/p/topics/t';

describe('a recorded event', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'postern-events-'));
  });
  after(() => rmSync(folder, { recursive: true }));
  const file = (text: string): string => {
    const path = join(folder, 'event.json');
    writeFileSync(path, text);
    return path;
  };

  it('is published byte by byte as it was recorded', () => {
    const path = file('{ "type": "MESSAGE", "odd": 1.0 }\n');
    assert.equal(readRecordedEvent(path).data.toString(), '{ "type": "MESSAGE", "odd": 1.0 }\n');
  });

  it('is taken out of what Pub/Sub wraps around it, byte by byte', () => {
    const data = readFileSync(HELP);
    const path = file(JSON.stringify({ message: { data: data.toString('base64') } }));
    assert.deepEqual(readRecordedEvent(path).data, data);
  });

  for (const text of ['', 'no JSON', '[]', 'null', '"MESSAGE"', '7']) {
    it(`is an object, and not ${text || 'an empty file'}`, () => {
      assert.throws(
        () => readRecordedEvent(file(text)),
        (error) => {
          assert.ok(error instanceof BadFile);
          assert.ok(!error.isMissing);
          assert.match(
            error.message,
            /holds no event\. Put the data of one Pub\/Sub message into it/,
          );
          return true;
        },
      );
    });
  }

  it('makes a world of the space and the people that it names, by the same ids', () => {
    const { app, person, people, space, message } = worldOf(readRecordedEvent(MENTION), NOW);
    assert.deepEqual(app, { id: '120000000000000000009', displayName: 'Postern' });
    assert.deepEqual(person, {
      id: '110000000000000000001',
      displayName: 'Clara Lind',
      email: 'clara@example.com',
      domain: 'example.com',
      locale: 'pt-BR',
    });
    assert.deepEqual(people, [person]);
    assert.equal(space?.resource.name, 'spaces/AAAAfixture1');
    assert.equal(space.resource.displayName, 'Release train');
    assert.deepEqual(space.members, ['users/110000000000000000001', 'users/120000000000000000009']);
    assert.equal(message?.resource.thread.name, 'spaces/AAAAfixture1/threads/fixture01');
  });

  it('leaves the app out of the space that it was removed from', () => {
    const path = file(
      JSON.stringify({
        type: 'REMOVED_FROM_SPACE',
        user: { name: 'users/1', type: 'HUMAN' },
        space: { name: 'spaces/A', type: 'ROOM' },
      }),
    );
    assert.deepEqual(worldOf(readRecordedEvent(path), NOW).space?.members, ['users/1']);
  });

  it('makes no space of a name that would be none', () => {
    const path = file(
      '{"type":"MESSAGE","space":{"name":"../spaces/A"},"user":{"name":"users/1"}}',
    );
    assert.equal(worldOf(readRecordedEvent(path), NOW).space, undefined);
  });

  for (const [recorded, other] of [
    [MENTION, 'add-on'],
    [HELP, 'classic'],
  ] as const) {
    it(`means the same to the app when it is told in the ${other} format: ${recorded}`, () => {
      const event = readRecordedEvent(recorded);
      const [told, ...more] = tellIn(other, event, worldOf(event, NOW), TOPIC);
      assert.deepEqual(more, []);
      assert.ok(told);
      const read = parseEvent({ data: told, attributes: {}, id: '1' });
      assert.ok(read.outcome === 'interaction' && event.read.outcome === 'interaction');
      assert.equal(read.interaction.dialect, other);
      assert.equal(read.interaction.requestId, event.read.interaction.requestId);
      assert.equal(read.interaction.locale, event.read.interaction.locale);
      assert.equal(read.interaction.timeZone, event.read.interaction.timeZone);
    });

    it(`stays as it is when it is told in its own: ${recorded}`, () => {
      const event = readRecordedEvent(recorded);
      const own = other === 'classic' ? 'add-on' : 'classic';
      assert.deepEqual(tellIn(own, event, worldOf(event, NOW), TOPIC), [event.data]);
    });
  }
});
