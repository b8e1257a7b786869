import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Stage } from './stage.ts';

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** Runs `npm run admin` in a process of its own, as an operator does beside the others. What it prints is output, too. */
export async function runAdmin(
  stage: Pick<Stage, 'environment' | 'output'>,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const child = spawn(process.execPath, ['src/admin/main.ts', ...args], {
    env: { ...process.env, ...stage.environment, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  stage.output.push(out, err);
  return { code: child.exitCode, out, err };
}

/** The same with `--json`. @returns what it answered */
export async function askAdmin(
  stage: Pick<Stage, 'environment' | 'output'>,
  args: readonly string[],
  environment?: Readonly<Record<string, string>>,
): Promise<unknown> {
  const { code, out, err } = await runAdmin(stage, [...args, '--json'], environment);
  assert.equal(code, 0, err);
  return JSON.parse(out);
}
