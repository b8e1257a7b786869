/** Canonical codes, and the HTTP status that each becomes (google.rpc.Code). */
const HTTP_STATUS = {
  INVALID_ARGUMENT: 400,
  FAILED_PRECONDITION: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  RESOURCE_EXHAUSTED: 429,
  INTERNAL: 500,
  UNIMPLEMENTED: 501,
  UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
} as const;

export type ApiErrorCode = keyof typeof HTTP_STATUS;

export interface FieldViolation {
  field: string;
  description: string;
}

/** A refusal, in the envelope that Google's APIs put it in (AIP-193; chat-platform.md, section 7). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly httpStatus: number;
  readonly status: ApiErrorCode;
  readonly details: readonly object[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: ApiErrorCode,
    message: string,
    more: {
      details?: readonly object[];
      headers?: Readonly<Record<string, string>>;
      /** When it isn't the one that belongs to the code: a 502, say. */
      httpStatus?: number;
    } = {},
  ) {
    super(message);
    this.status = status;
    this.httpStatus = more.httpStatus ?? HTTP_STATUS[status];
    this.details = more.details ?? [];
    this.headers = more.headers ?? {};
  }

  body(): object {
    return {
      error: {
        code: this.httpStatus,
        message: this.message,
        status: this.status,
        ...(this.details.length > 0 ? { details: this.details } : {}),
      },
    };
  }
}

/** The code that an HTTP status is known by. */
export function codeOf(httpStatus: number): ApiErrorCode {
  const code = Object.keys(HTTP_STATUS)
    .filter(isCode)
    .find((known) => HTTP_STATUS[known] === httpStatus);
  return code ?? (httpStatus === 502 ? 'UNAVAILABLE' : 'INTERNAL');
}

function isCode(text: string): text is ApiErrorCode {
  return text in HTTP_STATUS;
}

export function errorInfo(reason: string, method: string): object {
  return {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason,
    domain: 'googleapis.com',
    metadata: { service: 'chat.googleapis.com', method: `google.chat.v1.ChatService.${method}` },
  };
}

export function badRequest(violations: readonly FieldViolation[]): ApiError {
  const message = violations.map(({ description }) => description).join('\n');
  return new ApiError('INVALID_ARGUMENT', message, {
    details: [
      { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: violations },
    ],
  });
}

/** The request is well-formed, but asks for what Chat doesn't do. */
export function invalid(message: string): ApiError {
  return new ApiError('INVALID_ARGUMENT', message);
}

/** Google doesn't tell what is missing from what is forbidden. */
export function denied(): ApiError {
  return new ApiError(
    'PERMISSION_DENIED',
    "Permission denied to perform the requested action on the specified resource, or the resource doesn't exist.",
  );
}

export function notFound(): ApiError {
  return new ApiError('NOT_FOUND', 'Requested entity was not found.');
}

export function notSimulated(what: string): ApiError {
  return new ApiError('UNIMPLEMENTED', `The simulator doesn't do ${what} yet.`);
}
