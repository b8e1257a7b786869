import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, codeOf } from './api-error.ts';
import { type ProjectTrouble, troubled } from './project-trouble.ts';

interface Aim {
  /** For example `messages.create`; any method when absent. */
  method?: string;
  /** Only calls that bring this along, in their JSON. */
  mentioning?: string;
  /** How many calls it hits. Default 1. */
  times?: number;
}

export type Fault = Aim &
  (
    | { status: number; retryAfterSeconds?: number }
    /** What has not been done on the console. */
    | { project: ProjectTrouble }
    /** Carried out, but the answer never comes: the connection breaks. */
    | { after: 'commit' }
  );

/** Makes Google stumble. Faults hit in the order in which they were set, one per call. */
export interface Faults {
  failNext(fault: Fault): void;
  /** Answers late, by so many milliseconds. */
  delayNext(delay: Aim & { ms: number }): void;
  /** Forgets those that have hit nothing yet. */
  clear(): void;
}

/** The side of the faults that the API looks at. */
export interface FaultSource extends Faults {
  /** To be called once per call, with its body as it came. @throws ApiError when it is to fail before it is carried out */
  strike(method: string, body: unknown): Promise<{ loseResponse: boolean }>;
}

export function createFaults(): FaultSource {
  const faults: (Fault & { left: number })[] = [];
  const delays: (Aim & { ms: number; left: number })[] = [];
  return {
    failNext: (fault) => void faults.push({ ...fault, left: fault.times ?? 1 }),
    delayNext: (delay) => void delays.push({ ...delay, left: delay.times ?? 1 }),
    clear() {
      faults.length = 0;
      delays.length = 0;
    },
    async strike(method, body) {
      const call = { method, body: typeof body === 'string' ? body : '' };
      const delay = takeNext(delays, call);
      const fault = takeNext(faults, call);
      if (delay !== undefined) await sleep(delay.ms);
      if (fault === undefined) return { loseResponse: false };
      if ('after' in fault) return { loseResponse: true };
      if ('project' in fault) throw troubled(fault.project);
      throw failure(fault.status, fault.retryAfterSeconds);
    },
  };
}

function takeNext<T extends Aim & { left: number }>(
  waiting: T[],
  call: { method: string; body: string },
): T | undefined {
  const next = waiting.find(
    ({ method = call.method, mentioning = '' }) =>
      method === call.method && call.body.includes(mentioning),
  );
  if (next === undefined) return undefined;
  next.left -= 1;
  if (next.left <= 0) waiting.splice(waiting.indexOf(next), 1);
  return next;
}

const MESSAGES: Readonly<Record<number, string>> = {
  429: 'Resource has been exhausted (e.g. check quota).',
  500: 'Internal error encountered.',
  503: 'The service is currently unavailable.',
};

function failure(status: number, retryAfterSeconds: number | undefined): ApiError {
  const code = codeOf(status);
  return new ApiError(code, MESSAGES[status] ?? `Simulated failure: ${code}.`, {
    httpStatus: status,
    ...(retryAfterSeconds === undefined
      ? {}
      : { headers: { 'retry-after': String(retryAfterSeconds) } }),
  });
}
