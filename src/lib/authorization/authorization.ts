import type { UserName } from '../names.ts';
import type { Grant } from '../store/store.ts';

/** Google's authorization server, as far as Postern talks to it. Every method throws `AuthorizationError`. */
export interface AuthorizationServer {
  /** Where a person consents. Goes straight to Google: nothing of ours is in between. */
  consentUrl(request: ConsentRequest): string;

  /** Exchanges a code, once: a code is never sent twice. 10 seconds at most. */
  exchangeCode(code: string, verifier: string): Promise<CodeExchange>;

  /** Signature, audience, issuer, expiry and nonce. @throws AuthorizationError `id_token_invalid` */
  verifyIdToken(idToken: string, nonce: string): Promise<Identity>;

  /** @throws AuthorizationError `grant_revoked` when the refresh token is dead for good */
  refresh(refreshToken: string, signal: AbortSignal): Promise<AccessToken>;

  /** Ends the person's whole grant to this project. A token that is dead already is fine. */
  revoke(token: string, signal: AbortSignal): Promise<void>;
}

export interface ConsentRequest {
  ticket: string;
  /** PKCE, S256. */
  challenge: string;
  nonce: string;
  scopes: readonly string[];
  /** The person who is asked, so that Google proposes the right account. Undefined: whoever it may be. */
  user: UserName | undefined;
}

export interface CodeExchange {
  /** Absent when Google gave none: then there is nothing to keep. */
  refreshToken: string | undefined;
  idToken: string;
  /** What was granted; may be less than was asked. */
  scopes: readonly string[];
}

/** Whose account it is, proven by an ID token. */
export interface Identity {
  user: UserName;
  email?: string | undefined;
  /** The Workspace domain, for accounts of one. */
  domain?: string | undefined;
}

export interface AccessToken {
  token: string;
  /** In milliseconds since the epoch. */
  expiresAt: number;
}

/** Access tokens of people who have consented, kept in memory only. */
export interface PersonTokens {
  /**
   * A valid access token: one refresh at a time per grant, kept until a minute before it expires.
   *
   * @throws AuthorizationError `grant_revoked` when the grant is dead, others of Google's authorization server
   */
  accessToken(grant: Grant, signal: AbortSignal): Promise<string>;

  /** Drops what is kept for a grant: Chat did not accept it. */
  drop(grant: Grant): void;
}
