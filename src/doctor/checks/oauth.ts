import type { OAuthClient } from '../../lib/authorization/client-file.ts';
import { createTokenEndpoint } from '../../lib/authorization/token-endpoint.ts';
import { AuthorizationError } from '../../lib/errors.ts';
import { PATIENCE_MS } from '../../lib/project/answers.ts';
import { consolePages } from '../../lib/project/console.ts';
import { type Check, hasFailed, type Scene } from '../check.ts';
import { about, type Finding, failed, needs, ok, skipped, unknown } from '../finding.ts';
import { decideReadiness, decideRedirect, get } from '../redirect.ts';
import { reaching } from './network.ts';

/** The OAuth client, as Google sees it, and the address that Google sends people's browsers back to. */
export const oauth: Check = {
  title: 'Consent',
  async look(scene) {
    const { setting, project } = scene;
    if (setting.userAuth === 'delegation' && !setting.processes.includes('oauth-web')) {
      return [about('oauth-client', skipped('USER_AUTH=delegation needs no OAuth client'))];
    }
    const { client, redirectUri } = setting;
    if (client === undefined) return [about('oauth-client', needs('OAUTH_CLIENT_FILE'))];
    if (client.kind === 'installed') return [about('oauth-client', notForTheWeb(project))];
    if (redirectUri === undefined) return [about('oauth-client', needs('OAUTH_REDIRECT_URI'))];
    const { origin } = new URL(redirectUri);
    const [accepted, callback, readiness] = await Promise.all([
      lookAtClient(client, redirectUri, scene),
      get(redirectUri),
      get(`${origin}/readyz`),
    ]);
    const redirect = decideRedirect(redirectUri, callback);
    return [
      about('oauth-client', accepted),
      about('redirect-uri', redirect),
      about(
        'oauth-web-ready',
        redirect.status === 'ok' ? decideReadiness(readiness) : needs('oauth-web, see above'),
      ),
    ];
  },
};

function notForTheWeb(project: string | undefined): Finding {
  return failed(
    'OAUTH_CLIENT_FILE is of a desktop app: Google sends nobody back to oauth-web with it',
    'Create an OAuth client ID of type “Web application”, with the redirect URI of oauth-web, and download its JSON: ' +
      consolePages(project).clients,
  );
}

/** A code that Google never gave: whether it refuses the code, or the client that brings it. */
async function lookAtClient(
  client: OAuthClient,
  redirectUri: string,
  scene: Scene,
): Promise<Finding> {
  const { host } = new URL(client.tokenUri);
  if (hasFailed(scene, reaching(host))) return needs(`${host}, see above`);
  const { clock, project } = scene;
  const endpoint = createTokenEndpoint({ client, redirectUri, clock, timeoutMs: PATIENCE_MS });
  const code = await endpoint.exchangeCode('postern-doctor', 'x'.repeat(43)).then(
    () => undefined,
    (error: unknown) => (error instanceof AuthorizationError ? error.code : undefined),
  );
  if (code === 'oauth_code_rejected') return ok('Google knows the OAuth client and its secret');
  if (code === 'oauth_client_rejected') {
    return failed(
      'Google refuses the OAuth client in OAUTH_CLIENT_FILE: it was deleted, its secret was replaced, or the redirect URI isn’t its',
      `Download its JSON anew, and compare its authorized redirect URIs: ${consolePages(project).clients}`,
    );
  }
  return unknown('whether Google accepts the OAuth client: its answer says neither', 'Try again.');
}
