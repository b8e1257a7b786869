import * as all from './all.ts';
import type { Command } from './command.ts';
import { help } from './help.ts';
import { status } from './status.ts';

export interface Registry {
  /** By name, whatever its case. */
  find(name: string): Command | undefined;
  names: readonly string[];
  /** For words that name no command. */
  fallback: Command;
  /** For no words at all. */
  help: Command;
}

/** To the commands come those that tell of the others: `status`, which of them a consent leaves off; `help`, of all. */
export function createRegistry(commands: readonly Command[] = Object.values(all)): Registry {
  const withStatus = [...commands, status(inOrder(commands))];
  const helping = help(inOrder(withStatus));
  const named = new Map([...withStatus, helping].map((command) => [command.name, command]));
  return {
    find: (name) => named.get(name.toLowerCase()),
    names: [...named.keys()],
    fallback: all.post,
    help: helping,
  };
}

/** The fallback first, as what people do most, and then the others by name. */
function inOrder(commands: readonly Command[]): Command[] {
  const others = commands.filter((command) => command !== all.post);
  return [all.post, ...others.toSorted(byName)];
}

const byName = (one: Command, other: Command): number => (one.name < other.name ? -1 : 1);
