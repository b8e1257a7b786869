import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aboutEvent, aboutNotification } from '../../../simulator/journal/subject.ts';
import { dueMessage } from '../../../src/lib/interactions/due-message.ts';
import { requestId, spaceName } from '../../../src/lib/names.ts';
import { createTown } from '../page/town.ts';

const pubsub = (data: unknown) => ({
  id: '7',
  data: Buffer.from(JSON.stringify(data)),
  attributes: {},
  publishTime: 0,
  bytes: 0,
});
const about = (data: unknown) => aboutEvent(pubsub(data), data);

describe('what a Pub/Sub message is about', () => {
  for (const dialect of ['classic', 'add-on'] as const) {
    it(`is who wrote what where, in the ${dialect} dialect`, async () => {
      const town = createTown(dialect);
      await town.world.write(town.ana, town.room, '@Postern Hello');
      const { subject, request } = about(town.published[0]);
      assert.deepEqual(subject, {
        kind: 'message',
        person: town.ana,
        space: town.room,
        dialect,
        text: '@Postern Hello',
      });
      assert.match(request ?? '', /^[0-9a-f]{64}$/);
    });

    it(`is who took the app out of where, in the ${dialect} dialect`, async () => {
      const town = createTown(dialect);
      await town.world.removeApp(town.bruno, town.room);
      const { kind, person, space } = about(town.published[0]).subject;
      assert.deepEqual([kind, person, space], ['removed', town.bruno, town.room]);
    });
  }

  it('is which button somebody has pressed', async () => {
    const town = createTown();
    const onClick = { action: { function: 'incident.close' } };
    const buttons = [{ text: 'Close', onClick }];
    const { resource } = await town.postAsApp(town.room, 'A card', {
      card: { sections: [{ widgets: [{ buttonList: { buttons } }] }] },
    });
    await town.world.press(town.bruno, resource.name, 'Close');
    const { kind, person, text } = about(town.published[0]).subject;
    assert.deepEqual([kind, person, text], ['click', town.bruno, 'incident.close']);
  });

  it('is a request that the relay calls back', () => {
    const id = requestId.parse('a'.repeat(64));
    const space = spaceName.parse('spaces/a');
    const message = { ...pubsub(''), ...dueMessage({ id, space }) };
    assert.deepEqual(aboutEvent(message, ''), { subject: { kind: 'due', space }, request: id });
  });

  it('is told with a reason when it is none of the app’s business, as far as it can be', () => {
    const event = {
      type: 'MESSAGE',
      user: { name: 'users/1', type: 'BOT' },
      space: { name: 'spaces/a' },
      message: {
        name: 'spaces/a/messages/b',
        text: 'beep',
        sender: { name: 'users/1', type: 'BOT' },
      },
    };
    const { subject, request } = about(event);
    assert.equal(request, undefined);
    assert.deepEqual(
      [subject.kind, subject.reason, subject.person, subject.text],
      ['ignored', 'bot', 'users/1', 'beep'],
    );
    assert.equal(about('no event').subject.kind, 'unreadable');
  });

  it('is a notification, whatever it holds, and the same request as the app’s', () => {
    const one = aboutNotification(pubsub({ space: 'spaces/a', text: 'Done' }), {
      space: 'spaces/a',
      text: 'Done',
    });
    assert.deepEqual(one.subject, { kind: 'notification', space: 'spaces/a', text: 'Done' });
    assert.equal(aboutNotification(pubsub(1), 1).request, one.request);
  });
});
