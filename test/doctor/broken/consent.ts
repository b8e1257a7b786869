import { clientFile, desktopClientFile } from '../../../simulator/credentials.ts';
import { type LocalServer, serveLocally } from '../../support/local-server.ts';
import { file, type Practice } from '../practice.ts';
import type { BrokenSetUp } from './set-up.ts';

const withRedirectUri = (practice: Practice, redirectUri: string) =>
  file(
    practice,
    'OAUTH_CLIENT_FILE',
    clientFile(practice.project, practice.credentials, practice.google.url, redirectUri),
  );

const originOf = ({ environment }: Practice): string => `http://127.0.0.1:${environment['PORT']}`;

let redirecting: LocalServer | undefined;

export const CONSENT: readonly BrokenSetUp[] = [
  {
    what: 'the OAuth client of a desktop app',
    break: (practice) =>
      file(
        practice,
        'OAUTH_CLIENT_FILE',
        desktopClientFile(practice.project, practice.credentials, practice.google.url),
      ),
    area: 'Consent',
    cause: /OAUTH_CLIENT_FILE is of a desktop app/,
    remedy: /“Web application”.*\/auth\/clients\?project=postern-test/,
  },
  {
    what: 'an OAuth client whose secret was replaced',
    break(practice) {
      const { oauthClient } = practice.credentials;
      const before = { ...oauthClient, clientSecret: 'GOCSPX-of-last-year-of-last-year' };
      const credentials = { ...practice.credentials, oauthClient: before };
      const { google, project } = practice;
      const content = clientFile(project, credentials, google.url, `${originOf(practice)}/oauth2`);
      return file(practice, 'OAUTH_CLIENT_FILE', content);
    },
    area: 'Consent',
    cause: /Google refuses the OAuth client/,
    remedy: /Download its JSON anew/,
  },
  {
    what: 'a redirect URI that isn’t the client’s',
    break: () => ({ OAUTH_REDIRECT_URI: 'https://postern.example.com/callback' }),
    area: 'Configuration',
    cause: /OAUTH_REDIRECT_URI: is none of the redirect URIs in OAUTH_CLIENT_FILE/,
    remedy: /one of the OAuth client’s authorized redirect URIs, exactly/,
    skips: [/^needs OAUTH_REDIRECT_URI$/],
  },
  {
    what: 'a redirect URI that nobody answers at',
    break: (practice) => withRedirectUri(practice, 'http://127.0.0.1:1/oauth2'),
    area: 'Consent',
    cause: /nobody answers at the redirect URI, on 127\.0\.0\.1:1 /,
    remedy: /npm run oauth-web/,
    skips: [/^needs oauth-web, see above$/],
  },
  {
    what: 'a redirect URI with another path than the callback’s',
    break: (practice) => withRedirectUri(practice, `${originOf(practice)}/callback`),
    area: 'Consent',
    cause: /oauth-web answers on .*, but not at \/callback/,
    remedy: /the same OAUTH_REDIRECT_URI/,
    skips: [/^needs oauth-web, see above$/],
  },
  {
    what: 'a redirect URI at which something else answers',
    break: (practice) => withRedirectUri(practice, `${practice.google.url}/oauth2`),
    area: 'Consent',
    cause: /something else than oauth-web answers/,
    remedy: /Have the reverse proxy .* pass \/oauth2 to oauth-web/,
    skips: [/^needs oauth-web, see above$/],
  },
  {
    what: 'a redirect on the way',
    async break(practice) {
      redirecting = await serveLocally((_request, response) =>
        response.writeHead(301, { location: '/elsewhere' }).end(),
      );
      return withRedirectUri(practice, `${redirecting.url}/oauth2`);
    },
    mend: () => redirecting?.close(),
    area: 'Consent',
    cause: /redirects from the redirect URI to elsewhere \(HTTP 301\)/,
    remedy: /has to be exact/,
    skips: [/^needs oauth-web, see above$/],
  },
];
