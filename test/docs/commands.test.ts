import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { documentedCommands } from './markdown.ts';
import { AT_A_TERMINAL, AT_THE_STORE, ELSEWHERE, WITH_POSTERN } from './treatments.ts';

const manifest = readFileSync('package.json', 'utf8');
const CARRIED = [...WITH_POSTERN, ...AT_A_TERMINAL, ...AT_THE_STORE].map(({ line }) => line);
const COMMANDS = documentedCommands();

/** Which are carried out is told here; commands.tool-test.ts does it, with what that takes. */
describe('the commands of the documentation', () => {
  for (const { file, line } of COMMANDS) {
    it(`are carried out, or it is told why not: ${file}: ${line.split('\n')[0]}`, () => {
      const places = ELSEWHERE.filter(({ lines }) => lines.test(line));
      if (!CARRIED.includes(line)) return assert.equal(places.length, 1, line);
      assert.deepEqual(places, [], 'they are carried out here already');
    });
  }

  it('name only scripts that there are', () => {
    for (const { line } of COMMANDS) {
      const [, script] = /^npm run ([\w:-]+)/.exec(line) ?? [];
      if (script !== undefined) assert.ok(manifest.includes(`"${script}": `), line);
    }
  });

  it('are documented still, if they are carried out', () => {
    const lines = COMMANDS.map(({ line }) => line);
    assert.deepEqual(
      CARRIED.filter((line) => !lines.includes(line)),
      [],
    );
  });

  for (const { lines, why, by } of ELSEWHERE) {
    it(`are left out for a reason, or by something that there is: ${lines.source}`, () => {
      assert.ok(COMMANDS.some(({ line }) => lines.test(line)));
      assert.ok(by === undefined ? why !== '' : existsSync(by), by);
    });
  }
});
