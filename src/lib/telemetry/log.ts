import { type DestinationStream, pino } from 'pino';
import { PosternError } from '../errors.ts';

/**
 * The only fields a log line may carry, besides its message and an error. What isn't here can't be logged: no text, no
 * token, no URL, no name of a person.
 */
const ALLOWED = [
  'action',
  'attempt',
  'clientId',
  'command',
  'count',
  'database',
  'dialect',
  'durationMs',
  'failures',
  'fields',
  'kind',
  'messageId',
  'nodeVersion',
  'outcome',
  'page',
  'port',
  'reason',
  'requestId',
  'retryAfterMs',
  'scopes',
  'serviceAccount',
  'signal',
  'space',
  'status',
  'store',
  'subscription',
  'userAuth',
  'webhook',
] as const;

export type LogFields = {
  readonly [field in (typeof ALLOWED)[number]]?: string | number | boolean | undefined;
};

/** Writes JSON lines as Cloud Logging reads them: `severity`, `message`, `time` (structured-logging guide). */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields & { readonly error?: unknown }): void;
  error(message: string, fields?: LogFields & { readonly error?: unknown }): void;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const SEVERITY: Readonly<Record<string, string>> = {
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARNING',
  error: 'ERROR',
};

/**
 * @param service which process it is
 * @param destination standard output, unless a test listens
 */
export function createLog(
  service: string,
  level: LogLevel = 'info',
  destination?: DestinationStream,
): Log {
  const logger = pino(
    {
      level,
      base: { service },
      messageKey: 'message',
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ severity: SEVERITY[label] ?? 'DEFAULT' }) },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
  return {
    debug: (message, fields = {}) => logger.debug(allowed(fields), message),
    info: (message, fields = {}) => logger.info(allowed(fields), message),
    warn: (message, fields = {}) => logger.warn(withError(fields), message),
    error: (message, fields = {}) => logger.error(withError(fields), message),
  };
}

function allowed(fields: LogFields): LogFields {
  return Object.fromEntries(
    ALLOWED.filter((field) => fields[field] !== undefined).map((field) => [field, fields[field]]),
  );
}

function withError(fields: LogFields & { readonly error?: unknown }): object {
  const error = fields.error === undefined ? {} : { error: describeError(fields.error) };
  return { ...allowed(fields), ...error };
}

/**
 * What of an error may be logged. The messages of our own errors are written in this repository and hold no data; of all
 * others only the class, a code such as `ECONNREFUSED`, and where it was thrown.
 */
function describeError(error: unknown): Record<string, unknown> {
  if (error instanceof PosternError) {
    return {
      name: error.name,
      code: error.code,
      message: error.message,
      retryable: error.retryable,
      ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
    };
  }
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && isCode(error.code) ? { code: error.code } : {};
  return { name: error.name, ...code, stack: frames(error) };
}

/** Libraries put all kinds of things there: only what looks like a code is taken for one. */
function isCode(code: unknown): code is string | number {
  return typeof code === 'number' || (typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code));
}

/** The stack without its first lines, which repeat the message, whatever that looks like. */
function frames({ name, message, stack = '' }: Error): string[] {
  const head = stack.indexOf(message, stack.startsWith(name) ? name.length : 0);
  return stack
    .slice(head < 0 ? 0 : head + message.length)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^at .*:\d+:\d+\)?$/.test(line))
    .slice(0, 10);
}
