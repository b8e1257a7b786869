import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse, placesOf, type SourceFile, sourceFiles } from './source-files.ts';

/** The rules of the house that ARCHITECTURE.md tells, held against every file. */

const src = sourceFiles('src', ['.ts']);
const simulator = sourceFiles('simulator', ['.ts', '.js']);
const everything = ['src', 'simulator', 'test', 'bench', 'scripts'].flatMap((folder) =>
  sourceFiles(folder, ['.ts', '.js', '.mjs', '.css', '.html']),
);

/** What files in a folder may not import, and why. */
const WALLS = [
  {
    room: 'src/lib/',
    closed: [
      'src/subscriber/',
      'src/oauth-web/',
      'src/cli/',
      'src/admin/',
      'src/doctor/',
      'src/setup/',
    ],
    why: 'the library knows neither process: move what both need into src/lib, or pass it in',
  },
  {
    room: 'src/subscriber/',
    closed: ['src/oauth-web/', 'src/cli/', 'src/admin/', 'src/doctor/', 'src/setup/'],
    why: 'the processes share nothing but src/lib and the store',
  },
  {
    room: 'src/oauth-web/',
    closed: ['src/subscriber/', 'src/cli/', 'src/admin/', 'src/doctor/', 'src/setup/'],
    why: 'the processes share nothing but src/lib and the store',
  },
  {
    room: 'src/cli/',
    closed: ['src/subscriber/', 'src/oauth-web/', 'src/admin/', 'src/doctor/', 'src/setup/'],
    why: 'the terminal shares nothing with the processes but src/lib',
  },
  {
    room: 'src/admin/',
    closed: ['src/subscriber/', 'src/oauth-web/', 'src/cli/', 'src/doctor/', 'src/setup/'],
    why: 'the operator’s commands share nothing with the processes but src/lib and the store',
  },
  {
    room: 'src/doctor/',
    closed: ['src/subscriber/', 'src/oauth-web/', 'src/cli/', 'src/admin/', 'src/setup/'],
    why: 'the doctor looks at the processes from outside, and shares src/lib with them',
  },
  {
    room: 'src/setup/',
    closed: ['src/subscriber/', 'src/oauth-web/', 'src/cli/', 'src/admin/', 'src/doctor/'],
    why: 'set-up makes what others look at: what both know stands in src/lib/project',
  },
  {
    room: 'src/',
    closed: ['simulator/', 'test/', 'bench/'],
    why: 'what runs in production knows nothing of its tests: give it a URL or an interface',
  },
  {
    room: 'simulator/',
    closed: [
      'test/',
      'bench/',
      'src/subscriber/',
      'src/oauth-web/',
      'src/cli/',
      'src/admin/',
      'src/doctor/',
      'src/setup/',
    ],
    why: 'the simulator starts the processes as Google meets them: from outside',
  },
] as const;

/** The composition roots: they read the environment, the clock and randomness, and hand them on. */
const ROOTS = [
  'src/subscriber/main.ts',
  'src/oauth-web/main.ts',
  'src/cli/main.ts',
  'src/admin/main.ts',
  'src/doctor/main.ts',
  'src/setup/main.ts',
  'simulator/main.ts',
  'simulator/start.ts',
  'simulator/simulate.ts',
];

/** Files below a composition root that may read the clock or randomness all the same. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'src/lib/store/box.ts':
    'The IV of AES-GCM must never repeat under a key, nor a data key. One that can be injected is one that can be repeated.',
  'src/lib/store/firestore/requests.ts':
    'A lease’s token only has to differ from all others. Nothing depends on which it is.',
  'src/lib/store/sqlite/requests.ts':
    'A lease’s token only has to differ from all others. Nothing depends on which it is.',
  'src/lib/telemetry/log.ts': 'The time of a log line is data for people. No code decides by it.',
};

const ENVIRONMENT = /\bprocess\s*(\??\.\s*env\b|\[\s*['"]env['"])/;
const CLOCK = /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b|\bprocess\.hrtime\b/;
const RANDOMNESS = /\bMath\.random\b|\bcrypto\.(random|getRandom)|\bgetRandomValues\b/;

const MAX_LINES = 250;

/** What people read, one file for each language: as long as there are words. */
const CATALOGUES = 'src/lib/words/';

describe('the rooms of the house', () => {
  for (const { room, closed, why } of WALLS) {
    it(`keep ${closed.join(' and ')} out of ${room}`, () => {
      const rooms = [...src, ...simulator].filter(({ path }) => path.startsWith(room));
      assert.ok(rooms.length > 0, `no file in ${room}: has it moved?`);
      nothing(
        rooms.flatMap((file) => forbidden(file, closed)),
        why,
      );
    });
  }

  it('have one way in for the environment: the composition roots', () => {
    const files = [...src, ...simulator].filter(({ path }) => !ROOTS.includes(path));
    nothing(files.flatMap(readsEnvironment), 'read it in main.ts, parse it in src/lib/config');
  });

  it('get the clock and randomness from the composition roots', () => {
    const files = src.filter(({ path }) => !ROOTS.includes(path) && !(path in EXCEPTIONS));
    nothing(files.flatMap(readsClockOrRandomness), 'take a Clock or RandomBytes as a parameter');
  });

  it('have no exception to that which is not needed any more', () => {
    const needless = Object.keys(EXCEPTIONS).filter((path) => {
      const file = src.find((candidate) => candidate.path === path);
      return file === undefined || readsClockOrRandomness(file).length === 0;
    });
    nothing(needless, 'take it off EXCEPTIONS');
  });

  it(`hold no file of more than ${MAX_LINES} lines`, () => {
    const long = everything
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
      .filter(({ path, lines }) => lines > MAX_LINES && !path.startsWith(CATALOGUES))
      .map(({ path, lines }) => `${path} has ${lines}`);
    nothing(long, 'split it by what it does');
  });
});

describe('the rules themselves', () => {
  const imports = (text: string) =>
    parse('src/lib/a/b.ts', text).imports.map(({ target }) => target);

  for (const { how, text } of [
    { how: 'a value', text: "import { c } from '../../subscriber/c.ts';" },
    { how: 'a type', text: "import type { C } from '../../subscriber/c.ts';" },
    {
      how: 'over several lines',
      text: "import {\n  c,\n  type D,\n} from '../../subscriber/c.ts';",
    },
    { how: 'for its side effects', text: "import '../../subscriber/c.ts';" },
    { how: 'to pass it on', text: "export { c } from '../../subscriber/c.ts';" },
    { how: 'when it is needed', text: "const { c } = await import('../../subscriber/c.ts');" },
    { how: 'as the type of a module', text: "type C = import('../../subscriber/c.ts').C;" },
  ]) {
    it(`see what is imported ${how}`, () => {
      assert.deepEqual(imports(text), ['src/subscriber/c.ts']);
    });
  }

  it('tell a package from a file, and code from a comment', () => {
    const text =
      "// import { c } from './c.ts';\n/** import('./d.ts') */\nimport { z } from 'zod';";
    assert.deepEqual(imports(text), ['zod']);
  });

  for (const text of [
    'process.env.HOME',
    "process['env']",
    "import { env } from 'node:process';",
    "import process from 'node:process';",
  ]) {
    it(`see that the environment is read by ${text}`, () => {
      assert.equal(readsEnvironment(parse('src/a.ts', text)).length, 1);
    });
  }

  for (const text of [
    'const clock = Date.now;',
    'const now = new Date();',
    'const luck = Math.random();',
    'const id = crypto.randomUUID();',
    "import { createHash, randomBytes } from 'node:crypto';",
    "import * as crypto from 'node:crypto';",
  ]) {
    it(`see the clock or randomness in ${text}`, () => {
      assert.equal(readsClockOrRandomness(parse('src/a.ts', text)).length, 1);
    });
  }

  it('leave alone what is handed in', () => {
    const text = "import { createHash } from 'node:crypto';\nrandomBytes(32);\nnew Date(time);";
    assert.deepEqual(readsClockOrRandomness(parse('src/a.ts', text)), []);
  });
});

function forbidden({ path, imports }: SourceFile, closed: readonly string[]): string[] {
  return imports
    .filter(({ target }) => closed.some((room) => target.startsWith(room)))
    .map(({ target }) => `${path} imports ${target}`);
}

function readsEnvironment(file: SourceFile): string[] {
  const imported = importsFrom(file, 'process').map(
    (clause) => `${file.path} imports ${clause} from node:process`,
  );
  return [...placesOf(file, ENVIRONMENT), ...imported];
}

function readsClockOrRandomness(file: SourceFile): string[] {
  const imported = importsFrom(file, 'crypto')
    .filter((clause) => !clause.startsWith('{') || /\brandom/.test(clause))
    .map((clause) => `${file.path} imports ${clause} from node:crypto`);
  return [...placesOf(file, CLOCK), ...placesOf(file, RANDOMNESS), ...imported];
}

/** How a file imports one of Node's own modules; types apart. */
function importsFrom({ imports }: SourceFile, module: string): string[] {
  return imports
    .filter(({ target, clause }) => isModule(target, module) && !clause.startsWith('type '))
    .map(({ clause }) => clause);
}

function isModule(target: string, module: string): boolean {
  return target === module || target === `node:${module}`;
}

/** Passes when there is no finding; otherwise lists them all, with what to do. */
function nothing(findings: readonly string[], remedy: string): void {
  const list = findings.map((finding) => `  ${finding}`).join('\n');
  assert.equal(findings.length, 0, `${findings.length} found: ${remedy}.\n${list}\n`);
}
