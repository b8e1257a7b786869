import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, startChild } from '../../simulator/child.ts';
import { freePort } from '../../simulator/free-port.ts';

/** What `npm start` runs, on ports and in a folder of its own. */
export interface Laptop {
  url: string;
  /** Where its state is. */
  folder: string;
  output: string[];
  /** Ctrl-C, and then again `npm start`. */
  restart(): Promise<void>;
  /** Ctrl-C. Resolves to the exit code. */
  stop(): Promise<number | NodeJS.Signals>;
  /** Stops it, and removes its folder. */
  end(): Promise<void>;
}

/**
 * @param root where the project is: here, unless a test has a copy to change
 * @param more variables
 */
export async function startLaptop({
  root = '',
  environment: more = {},
}: {
  root?: string;
  environment?: Record<string, string>;
} = {}): Promise<Laptop> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-laptop-'));
  const ports = { SIMULATOR_PORT: '', PUBSUB_PORT: '', PORT: '', ADMIN_PORT: '' };
  const environment: Record<string, string | undefined> = { ...process.env, ...more };
  const stateFolder = join(folder, 'postern');
  environment['POSTERN_FOLDER'] = stateFolder;
  for (const name of Object.keys(ports)) environment[name] = String(await freePort());
  const output: string[] = [];

  const start = async (): Promise<Child> => {
    let told = (): void => {};
    const isTold = new Promise<void>((resolve) => {
      told = resolve;
    });
    const child = startChild(join(root, 'simulator/start.ts'), environment, (line) => {
      output.push(line);
      if (line.startsWith('Postern is running')) told();
    });
    const ended = child.ended.then((code) => {
      throw new Error(`npm start ended with ${code}:\n${output.join('\n')}`);
    });
    ended.catch(() => {});
    await Promise.race([isTold, ended]);
    return child;
  };

  let child = await start();
  const stop = async () => {
    await child.stop(30_000);
    return child.ended;
  };
  return {
    url: `http://127.0.0.1:${environment['SIMULATOR_PORT']}`,
    folder: stateFolder,
    output,
    stop,
    async restart() {
      await stop();
      child = await start();
    },
    async end() {
      await stop();
      rmSync(folder, { recursive: true });
    },
  };
}
