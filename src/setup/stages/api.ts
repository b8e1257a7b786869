import type { Answered } from '../../lib/project/google-api.ts';
import { SetupError } from '../step.ts';

/** What an API answered, if it did as it was asked. @throws SetupError */
export function answerTo<T>(answered: Answered<T>, what: string): T {
  if (answered.kind === 'answer') return answered.value;
  throw new SetupError(explain(answered, what));
}

/** The same, with undefined for what isn't there. */
export function foundOf<T>(answered: Answered<T>, what: string): T | undefined {
  if (answered.kind === 'refused' && answered.status === 404) return undefined;
  return answerTo(answered, what);
}

function explain(
  { status, reason }: Extract<Answered<never>, { kind: 'refused' }>,
  what: string,
): string {
  const why = [status === undefined ? '' : `HTTP ${status}`, reason].filter(Boolean).join(', ');
  if (status === 401 || status === undefined) {
    return `${what} can’t be asked for (${why}). Sign in, gcloud auth application-default login, and check the network and the proxy.`;
  }
  if (status === 403) {
    return `${what}: you may not do or see that (${why}). Be an owner of the project, or have one run this; see that the API is enabled.`;
  }
  return `${what}: refused (${why}).`;
}
