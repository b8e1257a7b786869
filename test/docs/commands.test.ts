import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { documentedCommands } from './markdown.ts';

/** Not run by any test: they need Google, a daemon, or root. */
const ELSEWHERE = ['gcloud', 'docker', 'timedatectl'];
const SHELL = ['curl', 'echo'];
const manifest = readFileSync('package.json', 'utf8');

describe('the commands of the documentation', () => {
  for (const { file, line } of documentedCommands()) {
    it(`are accounted for: ${file}: ${line.split('\n')[0]}`, () => {
      const [, script] = /^npm run ([\w:-]+)/.exec(line) ?? [];
      if (script !== undefined) return assert.ok(manifest.includes(`"${script}": `));
      const [, entry] = /^node .*?(?:src|dist)\/([\w-]+)\/main/.exec(line) ?? [];
      if (entry !== undefined) return assert.ok(existsSync(`src/${entry}/main.ts`));
      if (/^(?:npm (?:ci|test|start|run)$|\.ci\/run|[A-Z_]+=|node -e )/.test(line)) return;
      assert.ok([...ELSEWHERE, ...SHELL].includes(line.split(' ')[0] ?? ''), line);
    });
  }
});
