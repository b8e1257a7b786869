import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ParsedEvent } from '../../src/lib/interactions/interaction.ts';
import { ANA, DM, idOf, NEW, ROOM } from './events.ts';
import { linkOf, type Shown, wordsOf } from './recording-chat.ts';
import { LEASE_MS, type Scene, setScene } from './scene.ts';

/** A process is killed: this call of it, and every later one, never reaches anybody. */
class Killed extends Error {}

/** The number of spaces that were set up, and of members in the room. */
const made = ({ chat }: Scene) => [chat.setUp.size, chat.members.get(ROOM)?.length ?? 0];

export interface CrashCase {
  name: string;
  before?: (scene: Scene) => Promise<unknown>;
  event: ParsedEvent;
  /** What there is to see in the end, in the order in which it came; the link stands for a card with one. */
  shown: readonly (string | RegExp)[];
  ledger: 'done' | 'waiting';
  /** What else there is in the end, as {@link made} counts it. */
  made?: readonly [spaces: number, members: number];
}

const ENDS = ['answered', 'parked', 'scheduled', 'duplicate'];
export const LINK = '(a link)';
export const due = { outcome: 'due', requestId: idOf('one'), space: ROOM } as const;

/** Kills a process at each of its calls in turn, and has another one do it again. */
export function describeCrashes(crash: CrashCase): void {
  const { name, before, event: happened, shown, ledger, made: expected = [0, 0] } = crash;
  describe(`${name}, by a process that is killed`, () => {
    it('at any of its calls, ends with one answer and a ledger that says so', async (t) => {
      for (let fatal = 1; ; fatal++) {
        const scene = setScene(t);
        scene.chat.directMessages.set(ANA, DM);
        await before?.(scene);
        const calls = await dispatchAndDie(scene, happened, fatal);
        if (calls < fatal) break;

        scene.pass(LEASE_MS);
        const { result } = await scene.worker().dispatch(happened);
        assert.ok(ENDS.includes(result), `call ${fatal}: ${result}`);
        await scene.runDue();
        assertShown(scene, shown, `killed at call ${fatal}`);
        assert.equal(await scene.ledger(), ledger, `killed at call ${fatal}`);
        assert.deepEqual(made(scene), expected, `killed at call ${fatal}`);
      }
    });
  });
}

/** @returns how many calls there were */
async function dispatchAndDie(scene: Scene, happened: ParsedEvent, fatal: number): Promise<number> {
  let calls = 0;
  const enter = (): void => {
    calls += 1;
    if (calls >= fatal) throw new Killed('no process, no call');
  };
  scene.enter = enter;
  scene.chat.enter = enter;
  await scene.worker().dispatch(happened);
  scene.enter = () => {};
  scene.chat.enter = () => {};
  return calls;
}

function assertShown(scene: Scene, expected: CrashCase['shown'], when: string): void {
  const shown = scene.chat.messages();
  assert.equal(shown.length, expected.length, `${when}: ${shown.map(wordsOf).join(' | ')}`);
  for (const [index, message] of shown.entries()) {
    const words = linkOf(message) === undefined ? wordsOf(message) : LINK;
    const start = expected[index] ?? '';
    const fits = typeof start === 'string' ? words.startsWith(start) : start.test(words);
    assert.ok(fits, `${when}: ${words}`);
    assert.ok(isForAna(message), `${when}: seen by others`);
  }
}

/** Private, in her direct message, in the room that she made, or by herself. */
function isForAna({ by, privateTo, space }: Shown): boolean {
  return by === ANA || privateTo === ANA || space === DM || space === NEW;
}
