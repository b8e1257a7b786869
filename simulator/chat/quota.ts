import type { Clock } from '../../src/lib/clock.ts';
import { ApiError, errorInfo } from './api-error.ts';

export interface Quotas {
  /** Of all apps together. */
  writesPerSecondPerSpace: number;
  writesPerMinutePerProject: number;
}

/** Usage limits of Chat (chat-platform.md, section 6). */
export const GOOGLES_QUOTAS: Quotas = {
  writesPerSecondPerSpace: 1,
  writesPerMinutePerProject: 3000,
};

/** Counts one write in a space. @throws ApiError when there were too many */
export type CountWrite = (space: string, protoMethod: string) => void;

/** @param quotas none, when undefined */
export function createQuotaGuard(quotas: Quotas | undefined, clock: Clock): CountWrite {
  if (quotas === undefined) return () => {};
  const { writesPerSecondPerSpace, writesPerMinutePerProject } = quotas;
  const spaces = new Map<string, Bucket>();
  const project = createBucket(writesPerMinutePerProject / 60, writesPerMinutePerProject, clock);

  return (space, protoMethod) => {
    const bucket =
      spaces.get(space) ??
      createBucket(writesPerSecondPerSpace, Math.max(1, writesPerSecondPerSpace), clock);
    spaces.set(space, bucket);
    if (!bucket.hasToken()) throw exhausted('per space per second', protoMethod);
    if (!project.hasToken()) throw exhausted('per minute', protoMethod);
    bucket.take();
    project.take();
  };
}

interface Bucket {
  hasToken(): boolean;
  take(): void;
}

/** Who paces to the limit exactly must not be refused for the jitter of the network: a tenth more fits in. */
const JITTER = 0.1;

function createBucket(perSecond: number, capacity: number, clock: Clock): Bucket {
  const most = capacity + JITTER * perSecond;
  let tokens = most;
  let at = clock();
  const refill = (): void => {
    const now = clock();
    tokens = Math.min(most, tokens + (Math.max(0, now - at) / 1000) * perSecond);
    at = now;
  };
  return {
    hasToken() {
      refill();
      return tokens >= 1;
    },
    take() {
      tokens -= 1;
    },
  };
}

function exhausted(limit: string, protoMethod: string): ApiError {
  return new ApiError(
    'RESOURCE_EXHAUSTED',
    `Quota exceeded for quota metric 'Message writes' and limit 'Message writes ${limit}' of service 'chat.googleapis.com'.`,
    { details: [errorInfo('RATE_LIMIT_EXCEEDED', protoMethod)] },
  );
}
