import type { Log, LogFields } from '../lib/telemetry/log.ts';

/** Where a person reads. */
export interface Terminal {
  /** A line of the answer. */
  out(line: string): void;
  /** A line beside the answer: questions and problems. */
  tell(line: string): void;
}

/** Tells whoever sits at the terminal what a process would log for its operator. */
export function terminalLog({ tell }: Terminal): Log {
  const say = (message: string, fields: LogFields & { readonly error?: unknown } = {}): void => {
    const { error: _, ...told } = fields;
    const known = Object.entries(told).filter(([, value]) => value !== undefined);
    const details = known.map(([name, value]) => `\n  ${name}: ${value}`).join('');
    tell(`Note: ${message}${details}`);
  };
  return { debug: () => {}, info: () => {}, warn: say, error: say };
}
