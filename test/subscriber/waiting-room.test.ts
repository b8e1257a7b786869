import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { createWaitingRoom } from '../../src/subscriber/waiting-room.ts';

/** How many of a space find a place when as many come as like. */
function crowd(room: ReturnType<typeof createWaitingRoom<string>>, space: string): number {
  let entered = 0;
  while (room.enter(`${space}${entered}`, space)) entered += 1;
  return entered;
}

it('gives a space half as many places as are free, and so a crowd a third of the room', () => {
  const room = createWaitingRoom<string>(9);
  assert.equal(crowd(room, 'a'), 3);
  assert.equal(room.leave('a0'), true);
  assert.equal(room.enter('a3', 'a'), true);
  assert.equal(room.enter('a4', 'a'), false);
});

it('always has a place for a space that has nobody there, however many are crowded', () => {
  const room = createWaitingRoom<string>(10_000);
  const crowds = Array.from({ length: 50 }, (_, nth) => crowd(room, `crowd ${nth}`));
  assert.ok(crowds.every((entered) => entered > 0));
  for (let nth = 0; nth < 10; nth++) assert.equal(room.enter(`q${nth}`, `quiet ${nth}`), true);
});

it('knows who still waits', () => {
  const room = createWaitingRoom<string>(10);
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
      const room = createWaitingRoom<number>(8);
      let waiting: { one: number; space: number }[] = [];
      for (const [one, { space, deed }] of steps.entries()) {
        const there = waiting.filter((other) => other.space === space);
        if (deed === 'enter') {
          const hasPlace = there.length < (8 - waiting.length) / 2;
          assert.equal(room.enter(one, `${space}`), hasPlace);
          if (hasPlace) waiting.push({ one, space });
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
