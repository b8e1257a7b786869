import { StoreError } from '../../errors.ts';

/** gRPC status codes, as far as they are told apart here (grpc.io, status codes). */
export const GRPC = {
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  failedPrecondition: 9,
  aborted: 10,
  outOfRange: 11,
  unimplemented: 12,
  unauthenticated: 16,
} as const;

const HINTS: ReadonlyMap<number, string> = new Map([
  [
    GRPC.permissionDenied,
    'Give the service account the role roles/datastore.user, and see that the Firestore API is enabled.',
  ],
  [
    GRPC.notFound,
    'Check that the database named in STORE exists in the project GOOGLE_CLOUD_PROJECT.',
  ],
  [GRPC.failedPrecondition, 'Check that the database named in STORE is in native mode.'],
  [GRPC.unauthenticated, 'Check the credentials: GOOGLE_APPLICATION_CREDENTIALS, and the clock.'],
]);

/** We have sent what nobody should send: trying again can't help. */
const DEFECTS: ReadonlySet<number> = new Set([
  GRPC.invalidArgument,
  GRPC.outOfRange,
  GRPC.unimplemented,
]);

/**
 * Waits for Firestore, and not for ever: its client goes on trying for minutes when nobody answers. What was sent may still
 * be carried out after that, as after any lost answer.
 *
 * @throws StoreError in place of what Firestore's client said; all other errors as they are: they are defects
 */
export async function answered<T>(work: () => Promise<T>, deadlineMs: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(unavailable(`No answer in ${deadlineMs} ms. Check the network, and the proxy.`));
  }, deadlineMs);
  try {
    return await Promise.race([work(), late]);
  } catch (error) {
    throw toStoreError(error);
  } finally {
    clearTimeout(timer);
  }
}

/** The gRPC status of an error, if it has one. */
export function grpcCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'number' ? error.code : undefined;
}

export function toStoreError(error: unknown): unknown {
  const code = grpcCode(error);
  if (code !== undefined) {
    const hint = HINTS.get(code) ?? 'It should pass.';
    return DEFECTS.has(code) ? error : unavailable(`${hint} (gRPC status ${code})`, error);
  }
  // The client raises plain errors when it finds no credentials or no project; ours and the language's have classes.
  if (error instanceof Error && error.constructor === Error) {
    return unavailable('Check GOOGLE_APPLICATION_CREDENTIALS and GOOGLE_CLOUD_PROJECT.', error);
  }
  return error;
}

function unavailable(hint: string, cause?: unknown): StoreError {
  return new StoreError('store_unavailable', `Firestore does not answer. ${hint}`, { cause });
}
