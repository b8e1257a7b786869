import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CHAT_MESSAGES_CREATE, IDENTITY_SCOPES } from '../../src/lib/authorization/scopes.ts';
import { readVariable } from '../../src/lib/config/read.ts';
import { blueprint } from '../../src/lib/project/blueprint.ts';
import { CHAT_COMMANDS, SLASH_COMMANDS } from '../../src/lib/project/slash-commands.ts';
import { CONSENT_SCOPES, checklist } from '../../src/setup/checklist.ts';
import { createRegistry } from '../../src/subscriber/commands/registry.ts';

const registry = createRegistry();
const plan = blueprint({ project: 'my-project' });
const lines = checklist(plan, 'https://postern.example.com/oauth2');

describe('what is left to do by hand', () => {
  it('is numbered, and has what to paste', () => {
    const numbers = lines.flatMap((line) => /^ *(\d+)\. /.exec(line)?.[1] ?? []);
    assert.deepEqual(
      numbers,
      numbers.map((_, index) => String(index + 1)),
    );
    const text = lines.join('\n');
    for (const value of [
      'projects/my-project/topics/postern',
      'https://postern.example.com/oauth2',
      'postern-subscriber@my-project.iam.gserviceaccount.com',
      'postern-oauth-web@my-project.iam.gserviceaccount.com',
    ]) {
      assert.ok(text.includes(value), value);
    }
    for (const [url] of text.matchAll(/https:\/\/console\S+/g)) {
      assert.equal(new URL(url).searchParams.get('project'), 'my-project');
    }
  });

  it('names commands that are there, under the ids that CHAT_COMMANDS maps', () => {
    for (const { name } of SLASH_COMMANDS) assert.ok(registry.find(name), name);
    const ids = readVariable({ CHAT_COMMANDS }, 'CHAT_COMMANDS').value;
    assert.deepEqual(
      [...(ids ?? [])],
      SLASH_COMMANDS.map(({ id, name }) => [id, name]),
    );
  });

  it('names the scopes that some command asks people for, and no others', () => {
    const asked = registry.names.flatMap((name) => {
      const command = registry.find(name);
      return command?.as === 'user' ? command.scopes : [];
    });
    const needed = new Set([...IDENTITY_SCOPES, ...asked, CHAT_MESSAGES_CREATE]);
    assert.deepEqual([...CONSENT_SCOPES].toSorted(), [...needed].toSorted());
  });
});
