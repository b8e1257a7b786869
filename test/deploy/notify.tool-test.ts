import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type Stage, setStage } from '../end-to-end/stage.ts';
import { FIXTURE } from '../lib/lifecycle/watched.ts';
import { type NotifySocket, openNotifySocket } from '../support/notify-socket.ts';

/** Of a second and a half, so that there is a sign of life twice a second. */
const WATCHDOG_USEC = '1500000';

describe('a process that systemd has started', () => {
  let socket: NotifySocket;
  let asked: Record<string, string>;
  beforeEach(async () => {
    socket = await openNotifySocket();
    asked = { NOTIFY_SOCKET: socket.path, WATCHDOG_USEC };
  });
  afterEach(() => socket.close());

  describe('with a Google of its own', () => {
    let stage: Stage;
    beforeEach(async () => {
      stage = await setStage({ dialect: 'add-on', environment: {} });
    });
    afterEach(() => stage.end());

    it('says that it is ready, lives, and stops: the subscriber', async () => {
      const subscriber = await stage.startSubscriber(asked);
      await socket.until('READY=1', 'WATCHDOG=1', 'WATCHDOG=1');
      await subscriber.stop(30_000);
      await socket.until('READY=1', 'WATCHDOG=1', 'STOPPING=1');
      assert.equal(await subscriber.ended, 0);
    });

    it('says that it is ready, lives, and stops: oauth-web', async () => {
      await stage.restartOAuthWeb(asked);
      await socket.until('READY=1', 'WATCHDOG=1', 'WATCHDOG=1');
      await stage.restartOAuthWeb({});
      await socket.until('READY=1', 'WATCHDOG=1', 'STOPPING=1');
    });

    it('says that it stops when it ends by itself, because it has gone deaf', async () => {
      const subscriber = await stage.startSubscriber({ ...asked, RECONNECT_SECONDS: '1' });
      await socket.until('READY=1');
      stage.google.pubsub.allow(stage.google.subscription, false);
      await socket.until('READY=1', 'STOPPING=1');
      assert.equal(await subscriber.ended, 1);
    });
  });

  it('isn’t ready before it has started', async () => {
    const child = spawn(process.execPath, [FIXTURE, 'never-started'], {
      env: { ...process.env, ...asked },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    await once(child, 'close');
    await socket.until('STOPPING=1');
    assert.ok(!socket.told.includes('READY=1'));
  });
});
