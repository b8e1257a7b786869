/** An OAuth client of the app's project, as registered in the simulated console. */
export interface OAuthClient {
  /** “Web application”, or “Desktop app”. */
  kind: 'web' | 'installed';
  clientId: string;
  clientSecret: string;
  /** Those of a web application, exactly. A desktop app has none of its own. */
  redirectUris: readonly string[];
}

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:\d{1,5})?(\/[^?#]*)?$/;

/**
 * Whether codes may be sent there: to a web application at what it registered; to a desktop app on the person's own machine, at
 * whatever port (RFC 8252, section 7.3; Google's guide "OAuth 2.0 for Mobile & Desktop Apps").
 */
export function mayReceive(client: OAuthClient, redirectUri: string): boolean {
  if (client.kind === 'web') return client.redirectUris.includes(redirectUri);
  return LOOPBACK.test(redirectUri) && URL.canParse(redirectUri);
}

/** Where a consent may lead, for a content security policy. It knows no IPv6 addresses. */
export function redirectSources(clients: readonly OAuthClient[]): string {
  const sources = clients.flatMap(({ kind, redirectUris }) =>
    kind === 'web'
      ? redirectUris.map((uri) => new URL(uri).origin)
      : ['http://127.0.0.1:*', 'http://localhost:*'],
  );
  return [...new Set(sources)].join(' ');
}
