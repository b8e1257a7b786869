import { watch } from 'node:fs';
import { join } from 'node:path';

/** Editors write a file in several steps, and a checkout writes many files: what comes within this time is one change. */
const SETTLED_MS = 200;

/** The rooms of the source that each process is made of. */
const ROOMS = {
  subscriber: ['subscriber', 'lib'],
  'oauth-web': ['oauth-web', 'lib'],
} as const;

export type Watched = keyof typeof ROOMS;

export interface SourceWatch {
  /** Where `src` is. */
  root: string;
  /** Gets the processes whose source has changed, and one of the files that did it. */
  onChange: (changed: readonly Watched[], file: string) => void;
  /** The system watches no more, or not at all: it has a limit, for one. */
  onTrouble: (error: unknown) => void;
}

/** @returns stops it */
export function watchSource({ root, onChange, onTrouble }: SourceWatch): () => void {
  const files = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  const settled = (): void => {
    const changed = [...files];
    files.clear();
    const processes = (['subscriber', 'oauth-web'] as const).filter((name) =>
      changed.some((file) => isOf(name, file)),
    );
    if (processes.length > 0) onChange(processes, join('src', changed[0] ?? ''));
  };
  const noticed = (_event: string, file: string | null): void => {
    if (!file?.endsWith('.ts')) return;
    files.add(file);
    clearTimeout(timer);
    timer = setTimeout(settled, SETTLED_MS);
  };
  try {
    const watcher = watch(join(root, 'src'), { recursive: true }, noticed);
    watcher.on('error', onTrouble);
    return () => {
      clearTimeout(timer);
      watcher.close();
    };
  } catch (error) {
    onTrouble(error);
    return () => {};
  }
}

function isOf(name: Watched, file: string): boolean {
  const [room] = file.split(/[/\\]/);
  return ROOMS[name].some((own) => own === room);
}
