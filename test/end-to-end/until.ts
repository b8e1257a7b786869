import { setTimeout as wait } from 'node:timers/promises';
import type { ChatWorld } from '../../simulator/world/chat-world.ts';
import type { Stage } from './stage.ts';

/** Waits for what is in a world, or in what the processes printed. */
export function untilIn(world: ChatWorld, output: readonly string[]): Stage['until'] {
  return async (what, find, timeoutMs = 20_000) => {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      if (Date.now() > deadline) throw new Error(`${what}: not seen.\n${output.join('\n')}`);
      await changed(world);
    }
  };
}

/** The next change of the world, or a moment: what is waited for may be in the logs. */
async function changed(world: ChatWorld): Promise<void> {
  let off = (): void => {};
  const change = new Promise<void>((resolve) => {
    off = world.onChange(resolve);
  });
  await Promise.race([change, wait(100)]);
  off();
}
