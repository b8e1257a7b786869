import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The program, to be given a way to end. */
export const FIXTURE = fileURLToPath(new URL('./fixture.ts', import.meta.url));
const logLine = z.object({ severity: z.string(), message: z.string() });

/** A real process, watched. */
export class Watched {
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #lines: string[] = [];
  readonly #stderr: Promise<string>;
  readonly #ended: Promise<unknown>;

  constructor(t: TestContext, way: string, ...more: string[]) {
    const child = spawn(process.execPath, [FIXTURE, way, ...more], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    t.after(() => child.kill('SIGKILL'));
    this.#child = child;
    this.#stderr = text(child.stderr);
    this.#ended = once(child, 'close');
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.#lines.push(line);
      child.stdout.emit('seen');
    });
  }

  async said(message: string): Promise<void> {
    while (!this.#messages().includes(message)) await once(this.#child.stdout, 'seen');
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async ended() {
    await this.#ended;
    return {
      code: this.#child.exitCode,
      signal: this.#child.signalCode,
      messages: this.#messages(),
      stderr: await this.#stderr,
      output: this.#lines.join('\n'),
    };
  }

  #messages(): string[] {
    return this.#lines.map((line) => logLine.parse(JSON.parse(line)).message);
  }
}
