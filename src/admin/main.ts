import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { run } from './run.ts';

const ending = new AbortController();
// A second one ends the process at once.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => ending.abort());

const { stdin, stdout, stderr } = process;

async function ask(question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: stdin, output: stderr });
  // While a line is read, Ctrl-C comes as a character, and Ctrl-D is no answer.
  terminal.on('SIGINT', () => ending.abort());
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  try {
    return await Promise.race([terminal.question(question, { signal }), closed]);
  } finally {
    terminal.close();
  }
}

const code = await run(
  process.argv.slice(2),
  {
    environment: process.env,
    readText: (path) => readFileSync(path, 'utf8'),
    exists: existsSync,
    clock: Date.now,
    sleep: (ms, signal) => wait(ms, undefined, { signal }),
    random: Math.random,
    terminal: {
      out: (line) => void stdout.write(`${line}\n`),
      tell: (line) => void stderr.write(`${line}\n`),
      ask: stdin.isTTY && stderr.isTTY ? ask : undefined,
      draw: stderr.isTTY ? (text) => void stderr.write(text) : undefined,
    },
  },
  ending.signal,
);
// A call that was given up may still be on its way. Otherwise what is printed may be: no exit that cuts it off.
if (ending.signal.aborted) process.exit(code);
process.exitCode = code;
