import type { RequestHandler } from 'express';

/**
 * What can go wrong at the token endpoint: it fails before it did anything, it never answers, or it does its work and the
 * answer is lost on the way.
 */
export type TokenFault = 'unavailable' | 'hang' | 'lose-answer';

/** The switch for tests. */
export interface Faults {
  /** The next `times` requests to the token endpoint meet this. */
  token(fault: TokenFault, times: number): void;
  /** Forgets those that have hit nothing yet. */
  clear(): void;
}

export interface FaultSwitch extends Faults {
  /** To stand before the token endpoint. */
  readonly onToken: RequestHandler;
}

export function createFaults(): FaultSwitch {
  let due: TokenFault[] = [];
  return {
    token(fault, times) {
      due = [...due, ...Array.from({ length: times }, () => fault)];
    },
    clear() {
      due = [];
    },
    onToken(_request, response, next) {
      const fault = due.shift();
      switch (fault) {
        case undefined:
          next();
          return;
        case 'unavailable':
          response.status(503).json({ error: 'server_error', error_description: 'Backend Error' });
          return;
        case 'hang':
          return;
        case 'lose-answer':
          response.json = (): typeof response => {
            response.destroy();
            return response;
          };
          next();
      }
    },
  };
}
