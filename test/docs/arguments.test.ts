import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readArguments as readAdmin } from '../../src/admin/arguments.ts';
import { readArguments as readChat } from '../../src/cli/arguments.ts';
import { readArguments as readDoctor } from '../../src/doctor/arguments.ts';
import { readArguments as readSetup } from '../../src/setup/arguments.ts';
import { documentedCommands } from './markdown.ts';

const READERS: Readonly<Record<string, (args: readonly string[]) => unknown>> = {
  admin: readAdmin,
  chat: readChat,
  doctor: readDoctor,
  setup: readSetup,
};

/** What stands for something of the reader's. */
const EXAMPLES: Readonly<Record<string, string>> = { ID: '0'.repeat(64) };

/** The words of a command line, as a shell would have them: what stands in quotes is one. */
function wordsOf(line: string): string[] {
  const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)];
  return words.map(([, double, single, plain]) => {
    const word = double ?? single ?? plain ?? '';
    return EXAMPLES[word] ?? word;
  });
}

describe('the commands of the documentation are understood as they stand there:', () => {
  for (const { file, line } of documentedCommands()) {
    const [, name = '', args = ''] = /^npm run (\w+) -- (.+)$/s.exec(line) ?? [];
    const read = READERS[name];
    if (read === undefined) continue;
    it(`${file}: ${line}`, () => {
      assert.doesNotThrow(() => read(wordsOf(args)));
    });
  }
});
