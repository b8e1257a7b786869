import { seconds } from '../../lib/clock.ts';
import { type Finding, failed, ok, unknown } from '../finding.ts';

/** What a clock may be off. Google refuses tokens signed in the future, and ours judge tickets by the same clock. */
const TOLERANCE_MS = seconds(30);

/** Whether this machine's clock is right. @param aheadMs of the other side's, in milliseconds */
export function decideClock(aheadMs: number | undefined): Finding {
  if (aheadMs === undefined) {
    return unknown(
      'whether this machine’s clock is right can’t be told: nobody told their time',
      'Compare it with time.google.com.',
    );
  }
  const off = Math.abs(aheadMs);
  // Others tell whole seconds.
  if (off <= TOLERANCE_MS) return ok('this machine’s clock is right, to half a minute');
  return failed(
    `this machine’s clock is ${inWords(off)} ${aheadMs > 0 ? 'ahead' : 'behind'}: Google refuses what it signs, and links ` +
      'expire at the wrong time',
    'Have it set by NTP: timedatectl set-ntp true, or chronyc makestep. In a virtual machine or container, the host’s.',
  );
}

function inWords(ms: number): string {
  const count = Math.round(ms / seconds(1));
  return count < 120 ? `${count} seconds` : `${Math.round(count / 60)} minutes`;
}
