import { Writable } from 'node:stream';
import { z } from 'zod';
import { createLog, type Log, type LogLevel } from '../../../src/lib/telemetry/log.ts';

const logLine = z.record(z.string(), z.unknown());
export type LogLine = z.infer<typeof logLine>;

/** A real log, and the lines that it wrote. */
export function recordLog(level?: LogLevel): { log: Log; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const destination = new Writable({
    decodeStrings: false,
    write(line: string, _encoding, done) {
      lines.push(logLine.parse(JSON.parse(line)));
      done();
    },
  });
  return { log: createLog('test', level, destination), lines };
}
