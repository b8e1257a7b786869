import { z } from 'zod';

/** What a failed call tells about itself, without anything of the request. */
export interface Failure {
  /** Whether Chat's own URL was called. Otherwise getting the app's credentials failed. */
  atChat: boolean;
  /** The HTTP status, when an answer came. */
  status?: number;
  /** Whether the answer was in Google's error format. What isn't, may come from a proxy in between. */
  fromGoogle: boolean;
  /** Its machine-readable names, the most telling first: ErrorInfo's reason, google.rpc.Code, a network error's code. */
  codes: readonly string[];
  /** The words of the answer. To be recognised only, never shown. */
  text: string;
  /** The header as it came. */
  retryAfter?: string;
  /** Whether no answer came: a timeout, an abort, no connection. */
  noAnswer: boolean;
  /** Whether the time for one call was over before its answer came. */
  timedOut: boolean;
}

/** gaxios' error, as far as we read it. By its shape, because each Google library may bring a gaxios of its own. */
const gaxiosError = z.object({
  config: z.object({ url: z.instanceof(URL) }),
  response: z
    .object({
      status: z.number(),
      // The authentication library answers with node-fetch's own class, which isn't this one.
      headers: z.instanceof(Headers).optional().catch(undefined),
      data: z.unknown(),
    })
    .optional(),
});

/** Google's error envelope (AIP-193). */
const envelope = z.object({
  error: z.object({
    message: z.string().catch(''),
    status: z.string().optional().catch(undefined),
    details: z.array(z.unknown()).catch([]),
  }),
});

const errorInfo = z.object({ '@type': z.string().endsWith('ErrorInfo'), reason: z.string() });
const coded = z.object({ code: z.string() });

/** Reads whatever the client threw. */
export function readFailure(error: unknown): Failure {
  const call = gaxiosError.safeParse(error).data;
  const atChat = call?.config.url.pathname.startsWith('/v1/spaces') ?? false;
  if (call?.response !== undefined) return readResponse(atChat, call.response);
  return {
    atChat,
    fromGoogle: false,
    codes: networkCodes(error),
    text: '',
    noAnswer: call !== undefined || isAbort(error),
    timedOut: isTimeout(error),
  };
}

function readResponse(
  atChat: boolean,
  response: { status: number; headers?: Headers | undefined; data?: unknown },
): Failure {
  const body = envelope.safeParse(response.data).data?.error;
  const retryAfter = response.headers?.get('retry-after') ?? undefined;
  return {
    atChat,
    status: response.status,
    fromGoogle: body !== undefined,
    codes: [...reasons(body?.details), body?.status].filter(isCode),
    text: body?.message ?? '',
    ...(retryAfter === undefined ? {} : { retryAfter }),
    noAnswer: false,
    timedOut: false,
  };
}

function reasons(details: readonly unknown[] = []): (string | undefined)[] {
  return details.map((detail) => errorInfo.safeParse(detail).data?.reason);
}

/** From the error and what caused it: fetch wraps the network's error, and gaxios wraps fetch's. */
function networkCodes(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const code = coded.safeParse(error).data?.code;
  return [...(isCode(code) ? [code] : []), ...networkCodes(error.cause)];
}

/** Only what looks like a code is taken for one, so that no text passes as such. */
function isCode(value: string | undefined): value is string {
  return value !== undefined && /^[A-Z][A-Z0-9_]{1,62}$/.test(value);
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || isTimeout(error));
}

/** As `withDeadline` throws it. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}
