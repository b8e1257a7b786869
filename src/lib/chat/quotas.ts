import { minutes, seconds } from '../clock.ts';

/** So many calls in any time of this length. */
export interface Quota {
  calls: number;
  withinMs: number;
}

/** What a call counts as for the quotas of a project. */
export type CallKind =
  | 'message-write'
  | 'message-read'
  | 'membership-write'
  | 'membership-read'
  | 'space-write'
  | 'space-read';

/** What a call counts as for the quotas of its space, if it counts for any. */
export const SPACE_KINDS = {
  'message-write': 'write',
  'message-read': 'read',
  'membership-read': 'read',
} as const satisfies Partial<Record<CallKind, 'write' | 'read'>>;

/** How much of Chat's quotas one process uses. */
export interface Quotas {
  project: Readonly<Record<CallKind, Quota>>;
  /** In each space. */
  space: Readonly<Record<'write' | 'read', Quota>>;
}

/** Google's guide "Usage limits" (chat-platform.md, section 6), for the calls that Postern makes. */
export const MESSAGE_WRITES_PER_MINUTE = 3000;
const MEMBERSHIP_WRITES_PER_MINUTE = 300;
const READS_PER_MINUTE = 3000;
/** Of 60. But all that we write of spaces is new ones, and these have to be fewer than 35. */
const SPACE_WRITES_PER_MINUTE = 34;
const READS_PER_SECOND_AND_SPACE = 15;

export interface Share {
  /** Of messages, by the whole process. The project's other quotas are used in the same proportion. */
  writesPerMinute: number;
  /** Of messages, in one space. May be a fraction. */
  writesPerSecondAndSpace: number;
}

/** All of it: for the only process of a project. */
const WHOLE: Share = { writesPerMinute: MESSAGE_WRITES_PER_MINUTE, writesPerSecondAndSpace: 1 };

export function createQuotas({ writesPerMinute, writesPerSecondAndSpace } = WHOLE): Quotas {
  // A project that was given more for messages was not given more of anything else.
  const share = Math.min(1, writesPerMinute / MESSAGE_WRITES_PER_MINUTE);
  const perMinute = (whole: number): Quota => ({
    calls: Math.max(1, Math.floor(whole * share)),
    withinMs: minutes(1),
  });
  return {
    project: {
      'message-write': { calls: writesPerMinute, withinMs: minutes(1) },
      'message-read': perMinute(READS_PER_MINUTE),
      'membership-write': perMinute(MEMBERSHIP_WRITES_PER_MINUTE),
      'membership-read': perMinute(READS_PER_MINUTE),
      'space-write': perMinute(SPACE_WRITES_PER_MINUTE),
      'space-read': perMinute(READS_PER_MINUTE),
    },
    space: {
      write: perSecond(writesPerSecondAndSpace),
      read: perSecond(READS_PER_SECOND_AND_SPACE),
    },
  };
}

/** Less than one a second is one in a longer time. */
function perSecond(rate: number): Quota {
  const calls = Math.max(1, Math.floor(rate));
  return { calls, withinMs: seconds(calls / rate) };
}
