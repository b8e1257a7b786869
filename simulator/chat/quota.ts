import { type Clock, minutes, seconds } from '../../src/lib/clock.ts';
import { ApiError, errorInfo } from './api-error.ts';

export interface Quotas {
  /** Of all apps together. */
  writesPerSecondPerSpace: number;
  readsPerSecondPerSpace: number;
  writesPerMinutePerProject: number;
  membershipWritesPerMinutePerProject: number;
  newSpacesPerMinutePerProject: number;
  /** Of messages, of memberships, and of spaces: so many of each. */
  readsPerMinutePerProject: number;
}

/** Google's guide "Usage limits" (chat-platform.md, section 6). */
export const GOOGLES_QUOTAS: Quotas = {
  writesPerSecondPerSpace: 1,
  readsPerSecondPerSpace: 15,
  writesPerMinutePerProject: 3000,
  membershipWritesPerMinutePerProject: 300,
  newSpacesPerMinutePerProject: 34,
  readsPerMinutePerProject: 3000,
};

/** A limit that a method counts against. */
interface Limit {
  quota: keyof Quotas;
  /** In the words of the error. */
  metric: string;
}

const limit = (quota: keyof Quotas, metric: string): Limit => ({ quota, metric });

const SPACE_WRITES = limit('writesPerSecondPerSpace', 'Per-space writes');
const SPACE_READS = limit('readsPerSecondPerSpace', 'Per-space reads');
const MESSAGE_WRITES = [SPACE_WRITES, limit('writesPerMinutePerProject', 'Message writes')];
const MEMBERSHIP_READS = [SPACE_READS, limit('readsPerMinutePerProject', 'Membership reads')];
const READS_OF_SPACES = limit('readsPerMinutePerProject', 'Space reads');

/** By the methods' names in the protos. */
const LIMITS: Readonly<Record<string, readonly Limit[]>> = {
  CreateMessage: MESSAGE_WRITES,
  UpdateMessage: MESSAGE_WRITES,
  DeleteMessage: MESSAGE_WRITES,
  GetMessage: [SPACE_READS, limit('readsPerMinutePerProject', 'Message reads')],
  CreateMembership: [limit('membershipWritesPerMinutePerProject', 'Membership writes')],
  ListMemberships: MEMBERSHIP_READS,
  GetMembership: MEMBERSHIP_READS,
  SetUpSpace: [limit('newSpacesPerMinutePerProject', 'Space writes')],
  GetSpace: [SPACE_READS, READS_OF_SPACES],
  ListSpaces: [READS_OF_SPACES],
  FindDirectMessage: [READS_OF_SPACES],
};

/** Counts a call, in a space if there is one. @throws ApiError when there were too many */
export type CountCall = (space: string, protoMethod: string) => void;

/**
 * As strict as the words allow: no window of a second or a minute, wherever it begins, may hold more. Google may count more
 * kindly; whoever keeps to this is safe with all of it.
 *
 * @param quotas none, when undefined
 */
export function createQuotaGuard(quotas: Quotas | undefined, clock: Clock): CountCall {
  if (quotas === undefined) return () => {};
  /** When each limit's latest calls were counted, the first first. */
  const counted = new Map<string, number[]>();

  return (space, protoMethod) => {
    const now = clock();
    const counts = (LIMITS[protoMethod] ?? []).map(({ quota, metric }) => {
      const isOfSpace = quota.endsWith('PerSpace');
      const withinMs = isOfSpace ? seconds(1) : minutes(1);
      const key = isOfSpace ? `${metric} ${space}` : metric;
      const recent = (counted.get(key) ?? []).filter((at) => at > now - withinMs);
      if (recent.length >= quotas[quota]) {
        throw exhausted(metric, isOfSpace ? 'per space per second' : 'per minute', protoMethod);
      }
      return { key, recent };
    });
    for (const { key, recent } of counts) counted.set(key, [...recent, now]);
  };
}

function exhausted(metric: string, per: string, protoMethod: string): ApiError {
  return new ApiError(
    'RESOURCE_EXHAUSTED',
    `Quota exceeded for quota metric '${metric}' and limit '${metric} ${per}' of service 'chat.googleapis.com'.`,
    { details: [errorInfo('RATE_LIMIT_EXCEEDED', protoMethod)] },
  );
}
