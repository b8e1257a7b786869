import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { createWaitingRoom } from '../../src/subscriber/waiting-room.ts';

it('has so many places for each space, and no more', () => {
  const room = createWaitingRoom<string>(2);
  assert.equal(room.enter('a1', 'a'), true);
  assert.equal(room.enter('a2', 'a'), true);
  assert.equal(room.enter('a3', 'a'), false);
  assert.equal(room.enter('b1', 'b'), true);
  assert.equal(room.leave('a1'), true);
  assert.equal(room.enter('a3', 'a'), true);
});

it('knows who still waits', () => {
  const room = createWaitingRoom<string>();
  room.enter('a1', 'a');
  room.enter('b1', 'b');
  assert.equal(room.leave('a1'), true);
  assert.equal(room.leave('a1'), false);
  assert.deepEqual(room.empty(), ['b1']);
  assert.equal(room.leave('b1'), false);
  assert.deepEqual(room.empty(), []);
});

it('loses no place and gives none twice, whoever comes and goes', () => {
  const step = fc.record({ space: fc.nat(2), deed: fc.constantFrom('enter', 'leave', 'empty') });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const room = createWaitingRoom<number>(3);
      let waiting: { one: number; space: number }[] = [];
      for (const [one, { space, deed }] of steps.entries()) {
        const there = waiting.filter((other) => other.space === space);
        if (deed === 'enter') {
          assert.equal(room.enter(one, `${space}`), there.length < 3);
          if (there.length < 3) waiting.push({ one, space });
        } else if (deed === 'leave') {
          const [first] = there;
          assert.equal(room.leave(first?.one ?? -1), first !== undefined);
          waiting = waiting.filter((other) => other !== first);
        } else {
          assert.deepEqual(
            room.empty(),
            waiting.map((other) => other.one),
          );
          waiting = [];
        }
      }
    }),
  );
});
