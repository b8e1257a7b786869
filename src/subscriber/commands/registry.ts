import { add } from './add.ts';
import { addApp } from './add-app.ts';
import type { Command } from './command.ts';
import { connect } from './connect.ts';
import { disconnect } from './disconnect.ts';
import { help } from './help.ts';
import { members } from './members.ts';
import { post } from './post.ts';
import { space } from './space.ts';
import { status } from './status.ts';

/** Every command but `help`, in the order in which `help` lists them. A new one is one line here. */
const COMMANDS: readonly Command[] = [
  post,
  members,
  add,
  addApp,
  space,
  connect,
  status,
  disconnect,
];

export interface Registry {
  /** By name, whatever its case. */
  find(name: string): Command | undefined;
  names: readonly string[];
  /** For words that name no command. */
  fallback: Command;
  /** For no words at all. */
  help: Command;
}

export function createRegistry(commands: readonly Command[] = COMMANDS): Registry {
  const helping = help(commands);
  const byName = new Map([...commands, helping].map((command) => [command.name, command]));
  return {
    find: (name) => byName.get(name.toLowerCase()),
    names: [...byName.keys()],
    fallback: post,
    help: helping,
  };
}
