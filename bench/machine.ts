import { cpus, loadavg, totalmem, type } from 'node:os';

/** What a figure depends on besides the code. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGb: number;
  system: string;
  node: string;
  /** Of the last minute, when the run began and when it ended: more than 1 beforehand means that somebody else was at work. */
  load: { before: number; after: number };
}

export function describeMachine(load: Machine['load']): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model ?? 'unknown',
    cores: all.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: type(),
    node: process.version,
    load,
  };
}

export function loadNow(): number {
  return Math.round((loadavg()[0] ?? Number.NaN) * 100) / 100;
}
