import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { z } from 'zod';
import { clientFile, desktopClientFile, loadCredentials } from '../../simulator/credentials.ts';
import { noSnapshot } from '../../simulator/snapshot.ts';
import { hours } from '../../src/lib/clock.ts';
import { requestId, spaceName, userName } from '../../src/lib/names.ts';
import { createKeyring } from '../../src/lib/store/keyring.ts';
import { openStore } from '../../src/lib/store/open-store.ts';
import { parseTokenKeys } from '../../src/lib/store/token-keys.ts';
import { type LocalServer, serveLocally } from '../support/local-server.ts';
import { broken } from './cases.ts';
import type { Practice } from './practice.ts';

const KEY = `new:${Buffer.alloc(32, 7).toString('base64')}`;

/** Somebody who has connected. */
async function connectSomebody({ environment, credentials }: Practice): Promise<void> {
  const parsed = parseTokenKeys(environment['TOKEN_KEYS'] ?? '');
  if (!('keys' in parsed)) throw new Error('No keys');
  const { clientId } = credentials.oauthClient;
  const sealer = createKeyring({ keys: parsed.keys, clientId });
  const path = environment['STORE']?.replace('sqlite:', '') ?? '';
  const store = await openStore({ kind: 'sqlite', path });
  const user = userName.parse('users/1');
  const ticketHash = '0'.repeat(64);
  const sealed = await sealer.seal('secret', { collection: 'grants', owner: user });
  const now = Date.now();
  await store.consents.open({
    ticketHash,
    user,
    space: spaceName.parse('spaces/A'),
    requestId: requestId.parse('1'.repeat(64)),
    scopes: [],
    verifier: sealed,
    nonce: sealed,
    createdAt: now,
    expiresAt: now + hours(1),
  });
  const grant = { user, refreshToken: sealed, scopes: [], grantedAt: now };
  await store.consents.complete(ticketHash, grant, now);
  await store.close();
}

/** Writes a file of the practice's own, and has a variable name it. */
function file({ folder }: Practice, variable: string, content: object): Record<string, string> {
  const path = join(folder, `${variable}.json`);
  writeFileSync(path, JSON.stringify(content));
  return { [variable]: path };
}

const withRedirectUri = (practice: Practice, redirectUri: string) =>
  file(
    practice,
    'OAUTH_CLIENT_FILE',
    clientFile(practice.project, practice.credentials, practice.google.url, redirectUri),
  );

const originOf = ({ environment }: Practice): string => `http://127.0.0.1:${environment['PORT']}`;

describe('the doctor, of what is wrong with the app,', () => {
  broken([
    {
      what: 'variables that no process starts with, all of them at once',
      break: () => ({ PUBSUB_TOPIC: '', LEASE_SECONDS: 'long', PORT: 'eighty' }),
      check: 'configuration',
      cause: /PUBSUB_TOPIC: is missing/,
      remedy: /Set it to the topic of that subscription/,
    },
    {
      what: 'a key that is too short',
      break: () => ({ TOKEN_KEYS: `k1:${Buffer.alloc(16).toString('base64')}` }),
      check: 'configuration',
      cause: /TOKEN_KEYS: entry 1: the key has 16 bytes instead of 32/,
      remedy: /openssl rand -base64 32/,
    },
    {
      what: 'a key file that isn’t there',
      break: () => ({ GOOGLE_APPLICATION_CREDENTIALS: 'nowhere.json' }),
      check: 'credentials',
      cause: /the file that GOOGLE_APPLICATION_CREDENTIALS names can’t be used/,
      remedy: /iam-admin\/serviceaccounts\?project=postern-test/,
    },
    {
      what: 'a key of the service account that was deleted',
      break(practice) {
        const path = practice.environment['GOOGLE_APPLICATION_CREDENTIALS'] ?? '';
        const key = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(path, 'utf8')));
        const { serviceAccount } = loadCredentials(practice.project, noSnapshot());
        return file(practice, 'GOOGLE_APPLICATION_CREDENTIALS', {
          ...key,
          private_key: serviceAccount.privateKeyPem,
        });
      },
      check: 'chat',
      cause: /Chat does not accept this account’s token/,
      remedy: /a key that isn’t deleted/,
    },
    {
      what: 'a project without a Chat app',
      break({ google }) {
        google.chatFaults.failNext({ project: 'app-not-configured' });
        return {};
      },
      check: 'chat',
      cause: /there is no Chat app in the project/,
      remedy:
        /Configure it: .*\/apis\/api\/chat\.googleapis\.com\/hangouts-chat\?project=postern-test/,
    },
    {
      what: 'a Chat API that is turned off',
      break({ google }) {
        google.chatFaults.failNext({ project: 'api-disabled' });
        return {};
      },
      check: 'chat',
      cause: /the Chat API is turned off/,
      remedy: /gcloud services enable chat\.googleapis\.com --project=postern-test/,
    },
    {
      what: 'the OAuth client of a desktop app',
      break: (practice) =>
        file(
          practice,
          'OAUTH_CLIENT_FILE',
          desktopClientFile(practice.project, practice.credentials, practice.google.url),
        ),
      check: 'oauth-client',
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
        const content = clientFile(
          project,
          credentials,
          google.url,
          `${originOf(practice)}/oauth2`,
        );
        return file(practice, 'OAUTH_CLIENT_FILE', content);
      },
      check: 'oauth-client',
      cause: /Google refuses the OAuth client/,
      remedy: /Download its JSON anew/,
    },
    {
      what: 'a redirect URI that isn’t the client’s',
      break: () => ({ OAUTH_REDIRECT_URI: 'https://postern.example.com/callback' }),
      check: 'configuration',
      cause: /OAUTH_REDIRECT_URI: is none of the redirect URIs in OAUTH_CLIENT_FILE/,
      remedy: /one of the OAuth client’s authorized redirect URIs, exactly/,
    },
    {
      what: 'a redirect URI that nobody answers at',
      break: (practice) => withRedirectUri(practice, 'http://127.0.0.1:1/oauth2'),
      check: 'redirect-uri',
      cause: /nobody answers at the redirect URI, on 127\.0\.0\.1:1 /,
      remedy: /npm run oauth-web/,
    },
    {
      what: 'a redirect URI with another path than the callback’s',
      break: (practice) => withRedirectUri(practice, `${originOf(practice)}/callback`),
      check: 'redirect-uri',
      cause: /oauth-web answers on .*, but not at \/callback/,
      remedy: /the same OAUTH_REDIRECT_URI/,
    },
    {
      what: 'a redirect URI at which something else answers',
      break: (practice) => withRedirectUri(practice, `${practice.google.url}/oauth2`),
      check: 'redirect-uri',
      cause: /something else than oauth-web answers/,
      remedy: /Have the reverse proxy .* pass \/oauth2 to oauth-web/,
    },
    {
      what: 'a database that can’t be made',
      break: ({ folder }) => ({ STORE: `sqlite:${folder}/client_secrets.json/postern.sqlite` }),
      check: 'store',
      cause: /client_secrets\.json\/postern\.sqlite isn’t there, and can’t be made/,
      remedy: /mkdir -p/,
    },
    {
      what: 'a file in the place of the database that is none',
      break: ({ folder }) => ({ STORE: `sqlite:${folder}/client_secrets.json` }),
      check: 'store',
      cause: /damaged, or is no database/,
      remedy: /Correct STORE/,
    },
    {
      what: 'a Firestore that isn’t reached',
      break: () => ({ STORE: 'firestore:auth-data', FIRESTORE_EMULATOR_HOST: '127.0.0.1:1' }),
      check: 'reach 127.0.0.1:1',
      cause: /the emulator of Firestore\) isn’t reached/,
      remedy: /FIRESTORE_EMULATOR_HOST/,
    },
    {
      what: 'a key that people are connected under, and that is gone',
      async break(practice) {
        await connectSomebody(practice);
        return { TOKEN_KEYS: KEY };
      },
      check: 'keys',
      cause: /1 connection under the key “laptop”, which is not in TOKEN_KEYS/,
      remedy: /Put the key back behind the first.*TOKEN_KEYS=new:…,laptop:…/,
    },
    {
      what: 'another key under the id of the one that people are connected under',
      break: () => ({ TOKEN_KEYS: KEY.replace('new', 'laptop') }),
      check: 'keys',
      cause: /1 connection under the key “laptop”, and what TOKEN_KEYS has under this id/,
      remedy: /Restore the key/,
    },
  ]);
});

describe('the doctor, of the way from browsers to oauth-web,', () => {
  let redirecting: LocalServer;
  before(async () => {
    redirecting = await serveLocally((_request, response) =>
      response.writeHead(301, { location: '/elsewhere' }).end(),
    );
  });
  after(() => redirecting.close());
  broken([
    {
      what: 'a redirect on the way',
      break: (practice) => withRedirectUri(practice, `${redirecting.url}/oauth2`),
      check: 'redirect-uri',
      cause: /redirects from the redirect URI to elsewhere \(HTTP 301\)/,
      remedy: /has to be exact/,
    },
  ]);
});
