import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PubSub } from '@google-cloud/pubsub';
import { type Stage, setStage } from '../end-to-end/stage.ts';
import { type Emulators, startEmulators } from './emulator-ground.ts';
import type { Ground } from './ground.ts';

describe('what is left on a subscription of Google’s emulator', () => {
  let emulators: Emulators;
  let ground: Ground;
  let stage: Stage;
  let pubsub: PubSub;
  before(async () => {
    emulators = await startEmulators();
    ground = await emulators.ground('emulated');
    stage = await setStage({ dialect: 'classic', ...ground.stage });
    pubsub = new PubSub({ projectId: ground.stage.project ?? '' });
  });
  after(async () => {
    await pubsub?.close();
    await stage?.end();
    await ground?.close();
    await emulators?.stop();
  });

  it('is what nobody has acked, be it with somebody or not', async () => {
    const { google } = stage;
    assert.equal(await ground.pubsub.left(google, 0), undefined);
    const acked = await ground.pubsub.publish(google, Buffer.from('acked'));
    const held = await ground.pubsub.publish(google, Buffer.from('held'));
    const subscription = pubsub.subscription('postern');
    const both = Promise.withResolvers<void>();
    const come = new Set<string>();
    subscription.on('message', (message) => {
      come.add(message.id);
      if (message.id === acked) message.ack();
      if (come.size === 2) both.resolve();
    });
    await both.promise;
    assert.ok(come.has(held));
    await subscription.close();

    assert.equal(await ground.pubsub.left(google, 2), '1 unacked');
    // And it stays there, for whoever pulls next.
    assert.equal(await ground.pubsub.left(google, 2), '1 unacked');
  });
});
