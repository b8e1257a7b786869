import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import open from 'open';
import { hasScreen } from './browser.ts';
import { run } from './run.ts';

const ending = new AbortController();
// A second one ends the process at once.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => ending.abort());

const code = await run(
  process.argv.slice(2),
  {
    environment: process.env,
    readText: (path) => readFileSync(path, 'utf8'),
    home: homedir(),
    clock: Date.now,
    sleep: (ms, signal) => wait(ms, undefined, { signal }),
    random: Math.random,
    randomBytes,
    terminal: {
      out: (line) => void process.stdout.write(`${line}\n`),
      tell: (line) => void process.stderr.write(`${line}\n`),
    },
    async openBrowser(link) {
      if (hasScreen(process.platform, process.env)) await open(link);
    },
  },
  ending.signal,
);
// A call that was given up may still be on its way. Otherwise what is printed may be: no exit that cuts it off.
if (ending.signal.aborted) process.exit(code);
process.exitCode = code;
