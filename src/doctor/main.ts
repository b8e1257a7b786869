import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { run } from './run.ts';

const code = await run(process.argv.slice(2), {
  environment: process.env,
  readText: (path) => readFileSync(path, 'utf8'),
  clock: Date.now,
  sleep: (ms, signal) => wait(ms, undefined, { signal }),
  random: Math.random,
  randomBytes,
  out: (line) => void process.stdout.write(`${line}\n`),
  tell: (line) => void process.stderr.write(`${line}\n`),
});
// A question that was given up may still be on its way, and would keep the process until it ends.
process.stdout.write('', () => process.exit(code));
