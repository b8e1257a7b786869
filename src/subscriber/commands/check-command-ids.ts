import { ConfigError } from '../../lib/config/problem.ts';
import { VARIABLES } from '../../lib/config/variables.ts';
import type { Registry } from './registry.ts';

/** @throws ConfigError when an id stands for a command that isn't there */
export function checkCommandIds(ids: ReadonlyMap<number, string>, registry: Registry): void {
  const unknown = [...ids].filter(([, name]) => registry.find(name) === undefined);
  if (unknown.length === 0) return;
  throw new ConfigError(
    unknown.map(([id]) => ({
      variable: 'CHAT_COMMANDS',
      problem: `maps ${id} to none of ${registry.names.join(', ')}`,
      remedy: VARIABLES.CHAT_COMMANDS.remedy,
    })),
  );
}
