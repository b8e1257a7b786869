import { existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startFirestoreEmulator } from '../test/support/emulators.ts';
import { FIGURES } from './figures/all.ts';
import type { Row } from './figures/row.ts';
import { openLab } from './lab.ts';
import { describeMachine, loadNow } from './machine.ts';
import { type Results, reportIn, told } from './report.ts';
import { SIZES, type SizeName } from './sizes.ts';

/**
 * `npm run bench`: measures Postern beside what one could use instead, and writes bench/results.json and the table of
 * docs/performance.md anew. `--quick` takes three minutes, `--long` looks at the memory over a million events, and `--only`
 * measures one figure; none of these but `--long` changes the documentation.
 */
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    smoke: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function sizeAsked(): SizeName {
  const asked = (['quick', 'long', 'smoke'] as const).filter((name) => values[name]);
  if (asked.length > 1) throw new Error(`Either --${asked.join(' or --')}, not all of them`);
  return asked[0] ?? 'default';
}

function figuresAsked(): string[] {
  const names = Object.keys(FIGURES);
  const unknown = (values.only ?? []).filter((name) => !names.includes(name));
  if (unknown.length === 0) return values.only ?? names;
  throw new Error(`No figure ${unknown.join(', ')}. There are: ${names.join(', ')}`);
}

if (!existsSync('dist/subscriber/main.js')) throw new Error('There is no dist: npm run build');
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const FAILED = 'Failed:';
const size = sizeAsked();
const figures = figuresAsked();
const loadBefore = loadNow();
const begunAt = performance.now();
const firestore = await startFirestoreEmulator();
process.on('exit', () => void firestore.stop());
process.env['FIRESTORE_EMULATOR_HOST'] = firestore.host;
process.env['METADATA_SERVER_DETECTION'] = 'none';
const lab = await openLab({ sizes: SIZES[size], entry: (name) => `dist/${name}/main.js` });
const rows: Row[] = [];
for (const name of figures) {
  const figureBegunAt = performance.now();
  const measured = await measure(name);
  for (const row of measured) say(told(row));
  say(`    ${Math.round((performance.now() - figureBegunAt) / 1000)} s`);
  rows.push(...measured.map((row) => ({ ...row, load: loadNow() })));
  // Whoever ends a long run in the midst has what there is.
  if (size !== 'smoke') save();
}
await lab.close();
await firestore.stop();
say(`${Math.round(results().seconds)} s`);
if (values.only === undefined && (size === 'default' || size === 'long')) {
  reportIn('docs/performance.md', results());
  say('The table is in docs/performance.md.');
}
process.exit(rows.some(({ figure }) => figure.startsWith(FAILED)) ? 1 : 0);

/** What can't be measured keeps nothing else from being measured. */
async function measure(name: string): Promise<Row[]> {
  try {
    return (await FIGURES[name]?.(lab)) ?? [];
  } catch (error) {
    lab.arrivals.forget();
    const measured = error instanceof Error ? error.message : 'no error';
    return [{ figure: `${FAILED} ${name}`, goal: '—', measured, met: false, data: {} }];
  }
}

function results(): Results {
  return {
    size,
    machine: describeMachine({ before: loadBefore, after: loadNow() }),
    seconds: (performance.now() - begunAt) / 1000,
    rows,
  };
}

function save(): void {
  writeFileSync('bench/results.json', `${JSON.stringify(results(), undefined, 2)}\n`);
}
