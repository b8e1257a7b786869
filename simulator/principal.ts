/** Whom an access token, or a service account's self-signed JWT, speaks for. */
export type Principal =
  | { kind: 'app'; scopes: readonly string[] }
  | { kind: 'person'; userName: string; scopes: readonly string[] };

/** What the bearer of a token may do; undefined when the token is none of ours, expired or revoked. */
export type Authenticate = (bearer: string) => Principal | undefined;
