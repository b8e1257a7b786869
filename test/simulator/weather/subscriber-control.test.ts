import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { describe, it } from 'node:test';
import { controlOver } from '../../../simulator/weather/subscriber-control.ts';

describe('the subscriber, from the process of the page', () => {
  it('can’t be reached where nobody is at the other end', () => {
    assert.equal(controlOver(new EventEmitter()), undefined);
  });

  it('is known by what it is told to be, and by nothing else', () => {
    const orders: unknown[] = [];
    const channel = Object.assign(new EventEmitter(), {
      send: (order: unknown) => orders.push(order) > 0,
    });
    const control = controlOver(channel) ?? assert.fail();
    let changes = 0;
    control.onChange(() => {
      changes += 1;
    });
    assert.equal(control.status(), undefined);

    const status = { state: 'ready', pid: 7, restarts: 0 };
    channel.emit('message', { subscriber: status });
    for (const odd of [undefined, 'ready', { subscriber: 'ready' }, { subscriber: { state: '?' } }])
      channel.emit('message', odd);
    assert.deepEqual(control.status(), status);
    assert.equal(changes, 1);

    control.order('kill');
    control.order('start');
    assert.deepEqual(orders, [{ subscriber: 'kill' }, { subscriber: 'start' }]);
  });
});
