import type { OperatorTerminal } from './operator-terminal.ts';

export interface Progress {
  tick(count?: number): void;
  end(): void;
}

const WIDTH = 30;

/** A bar that shows how much of long work is done, and is gone afterwards. */
export function startProgress(
  { draw }: Pick<OperatorTerminal, 'draw'>,
  what: string,
  total: number,
): Progress {
  let done = 0;
  let shown = '';
  const show = (): void => {
    const share = total === 0 ? 1 : Math.min(done / total, 1);
    const filled = Math.round(share * WIDTH);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
    const text = `${what} ${bar} ${Math.floor(share * 100)} %`;
    if (text !== shown) draw?.(`\r${text}`);
    shown = text;
  };
  show();
  return {
    tick(count = 1) {
      done += count;
      show();
    },
    end: () => draw?.('\r\u001b[K'),
  };
}
