import type { World } from '../world.ts';

/** What a view of the world is made of. */
export interface Context {
  world: World;
  /** Who looks: `users/{id}`. */
  me: string;
  /** Display names by `users/{id}`. */
  names: ReadonlyMap<string, string>;
}
