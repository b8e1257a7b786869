import * as all from './all.ts';
import type { Command } from './command.ts';
import { help } from './help.ts';

export interface Registry {
  /** By name, whatever its case. */
  find(name: string): Command | undefined;
  names: readonly string[];
  /** For words that name no command. */
  fallback: Command;
  /** For no words at all. */
  help: Command;
}

/** `help` lists the fallback first, as what people do most, and then the others by name. */
export function createRegistry(commands: readonly Command[] = Object.values(all)): Registry {
  const { post } = all;
  const others = commands.filter((command) => command !== post);
  const helping = help([post, ...others.toSorted(byName)]);
  const named = new Map([...commands, helping].map((command) => [command.name, command]));
  return {
    find: (name) => named.get(name.toLowerCase()),
    names: [...named.keys()],
    fallback: post,
    help: helping,
  };
}

const byName = (one: Command, other: Command): number => (one.name < other.name ? -1 : 1);
