import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { minutes, seconds } from '../../src/lib/clock.ts';
import { createServiceManager, readWanted } from '../../src/lib/service-manager.ts';
import type { State } from '../../src/lib/systemd-notify.ts';

const SOCKET = '/run/systemd/notify';

describe('what a service manager wants to know', () => {
  it('is nothing when there is none', () => {
    assert.equal(readWanted({ WATCHDOG_USEC: '3000000' }, 7), undefined);
    assert.equal(readWanted({ NOTIFY_SOCKET: '' }, 7), undefined);
  });

  it('is no sign of life unless it asks for one', () => {
    const wanted = readWanted({ NOTIFY_SOCKET: SOCKET }, 7);
    assert.deepEqual(wanted, { socket: SOCKET, watchdogMs: undefined });
  });

  for (const { who, pid, watchdogMs } of [
    { who: 'of this process', pid: '7', watchdogMs: 90_000 },
    { who: 'of another process', pid: '8', watchdogMs: undefined },
    { who: 'of whoever reads it', pid: undefined, watchdogMs: 90_000 },
  ]) {
    it(`is a sign of life ${who}`, () => {
      const environment = {
        NOTIFY_SOCKET: SOCKET,
        WATCHDOG_USEC: '90000000',
        WATCHDOG_PID: pid,
      };
      assert.deepEqual(readWanted(environment, 7), { socket: SOCKET, watchdogMs });
    });
  }

  it('is no sign of life at an interval that is none', () => {
    const environment = { NOTIFY_SOCKET: SOCKET, WATCHDOG_USEC: 'soon' };
    assert.deepEqual(readWanted(environment, 7), { socket: SOCKET, watchdogMs: undefined });
  });
});

describe('a service manager', () => {
  const told: State[] = [];
  const notify = async (state: State): Promise<void> => void told.push(state);
  const manager = () => createServiceManager(notify, seconds(90));
  const count = (state: State): number => told.filter((one) => one === state).length;
  beforeEach(() => {
    told.length = 0;
    mock.timers.enable({ apis: ['setInterval'] });
  });
  afterEach(() => mock.timers.reset());

  it('is told at once that a process is ready which needs nothing, and then three times an interval that it lives', () => {
    manager().started();
    assert.deepEqual(told, ['READY=1']);
    mock.timers.tick(seconds(90));
    assert.deepEqual(told, ['READY=1', 'WATCHDOG=1', 'WATCHDOG=1', 'WATCHDOG=1']);
  });

  it('is told that a process is ready when its lifeline is there, and once only', () => {
    let isThere = false;
    manager().started({ isThere: () => isThere, patienceMs: minutes(5) });
    mock.timers.tick(seconds(10));
    assert.equal(count('READY=1'), 0);
    isThere = true;
    mock.timers.tick(seconds(1));
    assert.equal(count('READY=1'), 1);
    isThere = false;
    mock.timers.tick(seconds(5));
    isThere = true;
    mock.timers.tick(seconds(5));
    assert.equal(count('READY=1'), 1);
  });

  it('gets no sign of life from a process that was without its lifeline for longer than it may be', () => {
    let isThere = true;
    manager().started({ isThere: () => isThere, patienceMs: minutes(5) });
    isThere = false;
    mock.timers.tick(minutes(5));
    assert.equal(count('WATCHDOG=1'), 10);
    mock.timers.tick(minutes(5));
    assert.equal(count('WATCHDOG=1'), 10);
    isThere = true;
    mock.timers.tick(minutes(1));
    assert.ok(count('WATCHDOG=1') > 10);
  });

  it('gets signs of life from a process that takes its time to stop, and takes nothing in meanwhile', async () => {
    let isThere = true;
    const stopped = manager();
    stopped.started({ isThere: () => isThere, patienceMs: minutes(5) });
    isThere = false;
    await stopped.stopping();
    assert.equal(told.at(-1), 'STOPPING=1');
    mock.timers.tick(minutes(10));
    assert.equal(count('WATCHDOG=1'), 20);
  });
});
