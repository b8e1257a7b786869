/** What every error of Postern can be told apart by. Codes are stable: alerts and runbooks name them. */
export type ErrorCode =
  // configuration
  | 'config_invalid'
  // Chat API
  | 'chat_unauthenticated'
  | 'chat_scope_missing'
  | 'chat_not_member'
  | 'chat_forbidden'
  | 'chat_not_approved'
  | 'chat_not_found'
  | 'chat_already_exists'
  | 'chat_app_not_configured'
  | 'chat_webhook_rejected'
  | 'chat_invalid_request'
  | 'chat_rate_limited'
  | 'chat_unavailable'
  // authorization
  | 'grant_revoked'
  | 'oauth_client_rejected'
  | 'oauth_code_rejected'
  | 'oauth_response_invalid'
  | 'oauth_unavailable'
  | 'id_token_invalid'
  // domain-wide delegation
  | 'delegation_not_allowed'
  | 'delegation_person_refused'
  | 'delegation_address_missing'
  // signing in at a terminal
  | 'sign_in_declined'
  | 'sign_in_refused'
  | 'sign_in_permission_missing'
  | 'sign_in_other_account'
  | 'sign_in_other_domain'
  | 'sign_in_port_taken'
  | 'sign_in_timed_out'
  // administration
  | 'admin_not_confirmed'
  | 'admin_unknown'
  | 'admin_ambiguous'
  | 'admin_not_possible'
  | 'admin_changed_meanwhile'
  // stores
  | 'store_unavailable'
  | 'store_corrupt'
  // keys
  | 'kms_unavailable'
  | 'kms_rejected'
  | 'seal_unknown_key'
  | 'seal_broken';

interface ErrorDetails {
  cause?: unknown;
  /** How long the other side asked us to wait, in milliseconds. */
  retryAfterMs?: number;
}

/**
 * The base of every error that Postern raises itself.
 *
 * The message tells the reader what to do, and never holds a token, a message's text, a URL's query or a response body:
 * messages are logged, causes are not.
 */
export abstract class PosternError extends Error {
  abstract readonly code: ErrorCode;
  /** Whether the same call may succeed later without anybody changing anything. */
  abstract readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** What the Chat API refused or failed to do. `status` is the HTTP status, absent when no answer came. */
export class ChatError extends PosternError {
  readonly code: Extract<ErrorCode, `chat_${string}`>;
  readonly retryable: boolean;
  readonly status: number | undefined;
  /** Whether the call was under way and used up its time. Waiting for a turn, or for a connection that fails, is not that. */
  readonly timedOut: boolean;

  constructor(
    code: ChatError['code'],
    message: string,
    details: ErrorDetails & { status?: number; timedOut?: boolean } = {},
  ) {
    super(message, details);
    this.code = code;
    this.retryable = code === 'chat_rate_limited' || code === 'chat_unavailable';
    this.status = details.status;
    this.timedOut = details.timedOut ?? false;
  }
}

/** What Google's authorization server refused, failed to do, or answered in a way that we don't trust. */
export class AuthorizationError extends PosternError {
  readonly code: Extract<ErrorCode, `oauth_${string}` | 'grant_revoked' | 'id_token_invalid'>;
  readonly retryable: boolean;

  constructor(code: AuthorizationError['code'], message: string, details: ErrorDetails = {}) {
    super(message, details);
    this.code = code;
    // A rejected client is our own outage (a rotated secret): people's requests wait until it is mended.
    this.retryable = code === 'oauth_unavailable' || code === 'oauth_client_rejected';
  }
}

/** The app may not act as this person, or not in this way. Only people can change that: an administrator, mostly. */
export class DelegationError extends PosternError {
  readonly code: Extract<ErrorCode, `delegation_${string}`>;
  readonly retryable = false;

  constructor(code: DelegationError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** Nobody signed in at the terminal, or not as it was needed. The person decides whether to try again. */
export class SignInError extends PosternError {
  readonly code: Extract<ErrorCode, `sign_in_${string}`>;
  readonly retryable = false;

  constructor(code: SignInError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** What an operator asked for can't be done, or not now. Nothing has changed. */
export class AdminError extends PosternError {
  readonly code: Extract<ErrorCode, `admin_${string}`>;
  readonly retryable = false;

  constructor(code: AdminError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** The store did not answer, or holds what it should not. */
export class StoreError extends PosternError {
  readonly code: Extract<ErrorCode, `store_${string}`>;
  readonly retryable: boolean;

  constructor(code: StoreError['code'], message: string, details: ErrorDetails = {}) {
    super(message, details);
    this.code = code;
    this.retryable = code === 'store_unavailable';
  }
}

/** What Cloud KMS failed or refused to do for us. Both are our own outage: people's requests wait until it is over or mended. */
export class KmsError extends PosternError {
  readonly code: Extract<ErrorCode, `kms_${string}`>;
  readonly retryable = true;

  constructor(code: KmsError['code'], message: string, details: ErrorDetails = {}) {
    super(message, details);
    this.code = code;
  }
}

/** A sealed value that doesn't open: its key is gone, or it was altered, or it belongs to somebody else. */
export class SealError extends PosternError {
  readonly code: Extract<ErrorCode, `seal_${string}`>;
  readonly retryable = false;

  constructor(code: SealError['code'], message: string, details: ErrorDetails = {}) {
    super(message, details);
    this.code = code;
  }
}
