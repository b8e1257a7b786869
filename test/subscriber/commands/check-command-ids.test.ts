import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ConfigError } from '../../../src/lib/config/problem.ts';
import { checkCommandIds } from '../../../src/subscriber/commands/check-command-ids.ts';
import { createRegistry } from '../../../src/subscriber/commands/registry.ts';

const registry = createRegistry();

it('accepts ids of all commands, also two of the same', () => {
  const all = [...registry.names, 'help'].map((name, index) => [index + 1, name] as const);
  checkCommandIds(new Map(all), registry);
});

it('reports every id that stands for no command, and which there are', () => {
  const ids = new Map([
    [1, 'help'],
    [2, 'dance'],
    [3, 'sing'],
  ]);
  assert.throws(
    () => checkCommandIds(ids, registry),
    (error) => {
      assert.ok(error instanceof ConfigError);
      assert.deepEqual(
        error.problems.map(({ variable, problem }) => [variable, problem]),
        [
          ['CHAT_COMMANDS', `maps 2 to none of ${registry.names.join(', ')}`],
          ['CHAT_COMMANDS', `maps 3 to none of ${registry.names.join(', ')}`],
        ],
      );
      return true;
    },
  );
});
