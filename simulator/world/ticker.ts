import { createHash } from 'node:crypto';
import type { Clock } from '../../src/lib/clock.ts';

/** One moment in the world's life: no two are the same, and what is named after one never collides. */
export interface Moment {
  /** Microseconds since the epoch. */
  micros: number;
  /** RFC 3339 with microseconds, as Chat writes its times. */
  time: string;
}

/**
 * Moments that only move forward, also when the clock stands still or jumps back.
 *
 * @param last the last moment of an earlier life, in microseconds
 */
export function createTicker(clock: Clock, last: number): () => Moment {
  let micros = last;
  return () => {
    micros = Math.max(clock() * 1000, micros + 1);
    return { micros, time: timestamp(micros) };
  };
}

function timestamp(micros: number): string {
  const iso = new Date(Math.floor(micros / 1000)).toISOString();
  return `${iso.slice(0, -1)}${String(micros % 1000).padStart(3, '0')}Z`;
}

/** An id of eleven characters, as Chat's are: unique to the kind and the moment. */
export function idOf(kind: string, { micros }: Moment): string {
  return createHash('sha256').update(`${kind} ${micros}`).digest('base64url').slice(0, 11);
}
