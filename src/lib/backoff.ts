import { seconds } from './clock.ts';

const BASE_MS = seconds(0.5);
const CAP_MS = seconds(32);

/**
 * How long to wait after so many failures in a row, in milliseconds. Full jitter: anything up to a bound that doubles with
 * every failure, from half a second to 32 seconds (security-reliability.md, D).
 *
 * @param random uniform in [0, 1)
 */
export function backoff(failures: number, random: () => number): number {
  return random() * Math.min(CAP_MS, BASE_MS * 2 ** (failures - 1));
}
