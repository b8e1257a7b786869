import { Router } from 'express';
import type { RandomBytes } from '../../src/lib/authorization/ticket.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { loopbackOnly } from '../guards.ts';
import type { Authenticate, Principal } from '../principal.ts';
import type { Snapshot } from '../snapshot.ts';
import type { SimulatedPerson } from '../world.ts';
import type { Audience } from './audience.ts';
import { createCodes } from './codes.ts';
import { type Administration, createDelegation } from './delegation.ts';
import { createFaults, type Faults } from './faults.ts';
import { createFederation, type Federation, type Workload } from './federation.ts';
import { iamApi } from './iam.ts';
import type { OAuthClient } from './oauth-client.ts';
import { ownAccount } from './own-account.ts';
import { revokeEndpoint } from './revoke-endpoint.ts';
import { createSecrets } from './secrets.ts';
import { type ServiceAccount, verifyServiceAccountJwt } from './service-account.ts';
import { signIn } from './sign-in.ts';
import { loadState } from './state.ts';
import { tokenEndpoint } from './token-endpoint.ts';
import { createTokens } from './tokens.ts';

export interface AccountsOptions {
  /** Who has an account. */
  people: readonly SimulatedPerson[];
  /** The app's name on the consent page. */
  appName: string;
  /** The Workspace domain that the app belongs to. */
  organization: string;
  /** Those of the app's project. */
  oauthClients: readonly OAuthClient[];
  serviceAccount: ServiceAccount;
  /** Our own base URL, without a slash at its end: `iss` of ID tokens. */
  issuer: () => string;
  snapshot: Snapshot;
  clock: Clock;
  randomBytes: RandomBytes;
}

/** Google's accounts and its authorization server. */
export interface Accounts {
  /**
   * `GET /o/oauth2/v2/auth`, `POST /token`, `POST /revoke`, `GET /oauth2/v1/certs`, and the pages below `/signin` and `/accounts`.
   * Answers on loopback only.
   */
  router: Router;
  /** What workloads ask of IAM and the Security Token Service. To be mounted before Chat's API, which has `/v1` as well. */
  iam: Router;
  federation: Federation;
  administration: Administration;
  authenticate: Authenticate;
  /** A person (`users/{id}`) removes the app in their Google Account: all of its tokens die. */
  revokeAccess(userName: string): void;
  /** Whether a person (`users/{id}`) has granted the app anything. */
  hasGranted(userName: string): boolean;
  /** For whom the app is, from now on. Internal at first. */
  setAudience(audience: Audience): void;
  faults: Faults;
  /** Every secret that was issued here, or handed to us, in this process. Tests look for them in logs. */
  issuedSecrets(): readonly string[];
}

/** @throws when the snapshot is not ours */
export function createAccounts(options: AccountsOptions): Accounts {
  const { people, appName, organization, oauthClients: clients, serviceAccount } = options;
  const { issuer, clock } = options;
  const state = loadState(options.snapshot);
  const secrets = createSecrets();
  for (const { clientSecret } of clients) secrets.note(clientSecret);
  const codes = createCodes(clock, options.randomBytes);
  const tokens = createTokens(state, clock, options.randomBytes);
  const { signingKey } = state;
  const faults = createFaults();
  const tokenUrl = (): string => `${issuer()}/token`;
  const service = { serviceAccount, signingKey, secrets, clock };
  const federation = createFederation({ secrets, clock, randomBytes: options.randomBytes });
  const delegation = createDelegation({ ...service, people, tokenUrl });

  const router = Router();
  router.use(loopbackOnly);
  router.use(signIn({ clients, appName, people, organization, state, codes, secrets, issuer }));
  router.use(ownAccount({ appName, people, organization, state, tokens }));
  router.use('/token', faults.onToken);
  router.use(tokenEndpoint({ ...service, clients, people, codes, delegation, tokens, issuer }));
  router.use(revokeEndpoint(tokens));
  router.get('/oauth2/v1/certs', (_request, response) => {
    // Google's are cached for hours; ours change when somebody starts over.
    response.set('Cache-Control', 'public, max-age=60');
    response.json({ [signingKey.id]: signingKey.publicKeyPem });
  });

  return {
    router,
    iam: iamApi({ ...service, federation }),
    federation,
    administration: delegation,
    faults,
    issuedSecrets: secrets.all,
    setAudience(audience) {
      state.audience = audience;
      state.save();
    },
    revokeAccess: (userName) => tokens.endPerson(idOf(userName)),
    hasGranted: (userName) => state.grants.has(idOf(userName)),

    authenticate(bearer) {
      const app = verifyServiceAccountJwt(bearer, serviceAccount, clock);
      const found = app === undefined ? tokens.findAccess(bearer) : undefined;
      if (app !== undefined) secrets.note(bearer);
      if (found === undefined) return app ?? serviceAccountOf(federation.find(bearer));
      return { kind: 'person', userName: `users/${found.userId}`, scopes: found.scopes };
    },
  };
}

/** Chat knows the service account. Of a pool and its workloads it knows nothing. */
function serviceAccountOf(workload: Workload | undefined): Principal | undefined {
  return workload?.kind === 'service-account'
    ? { kind: 'app', scopes: workload.scopes }
    : undefined;
}

function idOf(userName: string): string {
  return userName.replace(/^users\//, '');
}
