import type { Log, LogFields } from '../telemetry/log.ts';

/** Where a person reads. */
export interface Terminal {
  /** A line of the answer. */
  out(line: string): void;
  /** A line beside the answer: questions and problems. */
  tell(line: string): void;
}

/** Control characters, which a terminal would obey, and those that change the direction of what follows. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu;

/** What somebody else wrote, made safe to stand in a line. */
export function printable(text: string): string {
  return text.replace(UNSEEN, ' ').trim();
}

/** JSON on one line, without a character that a terminal would obey. */
export function printableJson(data: object): string {
  return JSON.stringify(data).replace(
    /[\u007f-\u009f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
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
