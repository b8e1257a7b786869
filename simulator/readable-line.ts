import { z } from 'zod';
import { lineOf } from './log-line.ts';

const logLine = z.looseObject({ severity: z.string(), message: z.string(), time: z.string() });

const COLOURS: Readonly<Record<string, number>> = { DEBUG: 2, INFO: 0, WARNING: 33, ERROR: 31 };

/** A JSON log line, for people: the process, what happened, and what it is about. Other lines stay as they are. */
export function readableLine(
  process: string,
  line: string,
  { colour }: { colour: boolean },
): string {
  const label = process.padEnd(10);
  const parsed = logLine.safeParse(lineOf(line)).data;
  if (parsed === undefined) return `${label} ${line}`;
  const { severity, message, time: _time, service: _service, ...fields } = parsed;
  const details = Object.entries(fields)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
  const text = `${label} ${message} ${details}`.trimEnd();
  return colour ? `\u001B[${COLOURS[severity] ?? 0}m${text}\u001B[0m` : text;
}
