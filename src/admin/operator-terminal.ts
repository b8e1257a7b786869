import type { Terminal } from '../lib/terminal/terminal.ts';

/** The terminal of whoever runs a command, if there is anybody. */
export interface OperatorTerminal extends Terminal {
  /** Asks, and resolves to what was typed. Undefined where nobody could type: in a script. */
  ask: ((question: string, signal: AbortSignal) => Promise<string>) | undefined;
  /** Writes as it is, to be written over. Undefined where nobody looks. */
  draw: ((text: string) => void) | undefined;
}
