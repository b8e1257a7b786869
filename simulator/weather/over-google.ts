import type { RequestHandler } from 'express';
import { createFaults as createTokenFaults } from '../accounts/faults.ts';
import { createFaults as createChatFaults, type Fault, type FaultSource } from '../chat/faults.ts';
import type { Condition, Skies } from './skies.ts';

/** How long slow Chat keeps an answer back: less than the app waits for one. */
const SLOW_MS = 3000;
const RETRY_AFTER_SECONDS = 5;

/** The first that is on meets a call. */
const CHAT_FAULTS: readonly (readonly [Condition, Fault])[] = [
  ['rate-limit-with-wait', { status: 429, retryAfterSeconds: RETRY_AFTER_SECONDS }],
  ['rate-limit', { status: 429 }],
  ['unavailable', { status: 503 }],
  ['internal-error', { status: 500 }],
  ['lost-answer', { after: 'commit' }],
];

/** The faults of Chat's API, with those of the skies before them. */
export function overChat(skies: Skies, faults: FaultSource): FaultSource {
  return {
    ...faults,
    async strike(...call) {
      const weather = createChatFaults();
      if (skies.strike('slow')) weather.delayNext({ ms: SLOW_MS });
      const [, fault] = CHAT_FAULTS.find(([condition]) => skies.strike(condition)) ?? [];
      if (fault !== undefined) weather.failNext(fault);
      const { loseResponse } = await weather.strike(...call);
      return loseResponse ? { loseResponse } : await faults.strike(...call);
    },
  };
}

/** To stand before the token endpoint. */
export function overTokens(skies: Skies): RequestHandler {
  return (request, response, next) => {
    const weather = createTokenFaults();
    if (skies.strike('token-unavailable')) weather.token('unavailable', 1);
    return weather.onToken(request, response, next);
  };
}
