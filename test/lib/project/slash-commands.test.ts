import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SLASH_COMMANDS } from '../../../src/lib/project/slash-commands.ts';
import { createRegistry } from '../../../src/subscriber/commands/registry.ts';

/** What fits beside the name on a phone. */
const MAX_DESCRIPTION = 32;

test('Every command of one word has a slash command, told in a few words', () => {
  const names = createRegistry().names.filter((name) => !name.includes(' '));
  assert.deepEqual(SLASH_COMMANDS.map(({ name }) => name).toSorted(), names.toSorted());
  assert.equal(new Set(SLASH_COMMANDS.map(({ id }) => id)).size, names.length);
  for (const { description } of SLASH_COMMANDS) {
    assert.ok(description.length <= MAX_DESCRIPTION, description);
  }
});
