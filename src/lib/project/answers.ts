import { GRPC, grpcCode } from '../store/firestore/errors.ts';

/** What came of a question to one of Google's services. */
export type Answer<T> =
  | { kind: 'answer'; value: T }
  | { kind: 'not-found' }
  /** To this account, whether it exists or not. */
  | { kind: 'denied' }
  /** There are no credentials, or none that Google accepts. */
  | { kind: 'unauthenticated' }
  /** By an emulator. */
  | { kind: 'unimplemented' }
  | { kind: 'no-answer'; code: number | undefined };

/** How long one question may take, in milliseconds. */
export const PATIENCE_MS = 10_000;

const KINDS: ReadonlyMap<number, Exclude<Answer<never>['kind'], 'answer' | 'no-answer'>> = new Map([
  [GRPC.notFound, 'not-found'],
  [GRPC.permissionDenied, 'denied'],
  [GRPC.unauthenticated, 'unauthenticated'],
  [GRPC.unimplemented, 'unimplemented'],
]);

/** Asks, and doesn't wait for ever: Google's clients go on trying for minutes. Nothing of an error but its kind is kept. */
export async function ask<T>(question: () => Promise<T>): Promise<Answer<T>> {
  const { promise: late, resolve } = Promise.withResolvers<Answer<T>>();
  const timer = setTimeout(resolve, PATIENCE_MS, { kind: 'no-answer', code: undefined });
  try {
    const asked = question().then((value): Answer<T> => ({ kind: 'answer', value }));
    return await Promise.race([asked, late]);
  } catch (error) {
    return refusal(error);
  } finally {
    clearTimeout(timer);
  }
}

function refusal(error: unknown): Answer<never> {
  const code = grpcCode(error);
  const kind = code === undefined ? undefined : KINDS.get(code);
  if (kind !== undefined) return { kind };
  // Google's clients raise plain errors when they find no credentials.
  if (code === undefined && error instanceof Error && error.constructor === Error) {
    return { kind: 'unauthenticated' };
  }
  return { kind: 'no-answer', code };
}
