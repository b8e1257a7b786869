import { isOurPage } from '../lib/callback/page.ts';
import { PATIENCE_MS } from '../lib/project/answers.ts';
import { type Finding, failed, ok, unknown } from './finding.ts';

/** What a GET came to: without following a redirect. */
export type Got = { status: number; text: string } | { reason: string };

export async function get(url: string): Promise<Got> {
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

/** Whether a browser that comes back from Google meets oauth-web: asked without a code, it answers with a page of its own. */
export function decideRedirect(redirectUri: string, got: Got): Finding {
  const { host, pathname } = new URL(redirectUri);
  if ('reason' in got) return unreached(host, got.reason);
  const { status } = got;
  if (isOurPage(got.text)) {
    if (status !== 404) return ok(`oauth-web answers at the redirect URI, on ${host}`);
    return failed(
      `oauth-web answers on ${host}, but not at ${pathname}: its callback is at another path`,
      'Give both processes the same OAUTH_REDIRECT_URI and OAUTH_CLIENT_FILE, and have the reverse proxy pass the path on as it is.',
    );
  }
  if (status >= 300 && status < 400) {
    return failed(
      `${host} redirects from the redirect URI to elsewhere (HTTP ${status})`,
      'A redirect URI has to be exact: enter the final address at Google, and in OAUTH_REDIRECT_URI; or have the reverse proxy not redirect.',
    );
  }
  return failed(
    `something else than oauth-web answers at the redirect URI, on ${host} (HTTP ${status})`,
    `Have the reverse proxy for ${host} pass ${pathname} to oauth-web, which listens on PORT (8080), and start that: npm run oauth-web`,
  );
}

/** Whether oauth-web reaches its store, as it tells itself. */
export function decideReadiness(got: Got): Finding {
  if ('status' in got && got.status === 200 && got.text === 'ready') {
    return ok('oauth-web is ready: it reaches its store');
  }
  if ('status' in got && got.status === 503) {
    return failed(
      'oauth-web runs, but does not reach its store',
      'See its log, and give it the same STORE, and credentials with roles/datastore.user.',
    );
  }
  return unknown(
    'whether oauth-web is ready: /readyz isn’t passed on to it',
    'Ask it on its own machine: curl http://127.0.0.1:8080/readyz',
  );
}

/** Codes of OpenSSL and of Node for a certificate that isn't accepted. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;

function unreached(host: string, reason: string): Finding {
  if (CERTIFICATE.test(reason)) {
    return failed(
      `the certificate of ${host} isn’t accepted here (${reason})`,
      'Give it a certificate that people’s browsers accept. If it is by a CA of your own, name that in NODE_EXTRA_CA_CERTS.',
    );
  }
  return failed(
    `nobody answers at the redirect URI, on ${host} (${reason})`,
    'Start oauth-web (npm run oauth-web) and what stands before it, and check the name in DNS. If only people’s browsers ' +
      'reach it from where they are, open the redirect URI in one: the page says that the link isn’t complete.',
  );
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no connection';
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^\w{1,60}$/.test(code) ? code : error.name;
}
