import { hours } from '../clock.ts';
import type { RequestId, SpaceName, UserName } from '../names.ts';
import type { Sealer } from '../store/sealer.ts';
import type { Store } from '../store/store.ts';
import { NO_TRACING, type Tracing } from '../telemetry/tracing.ts';
import type { AuthorizationServer } from './authorization.ts';
import { IDENTITY_SCOPES } from './scopes.ts';
import { hashTicket, mintTicket, pkceChallenge, type RandomBytes, randomToken } from './ticket.ts';

/** How long a consent link works, in milliseconds. */
export const TICKET_LIFE_MS = hours(1);

interface ConsentQuestion {
  user: UserName;
  /** Where the link will be shown. */
  space: SpaceName;
  /** The request that needs the consent. */
  requestId: RequestId;
  /** What is asked for, besides who the person is. */
  scopes: readonly string[];
  /** In milliseconds since the epoch. */
  now: number;
}

type ConsentAnswer =
  | { opened: true; url: string; expiresAt: number }
  /** The person has a link in this space already, and doesn't need a second one. */
  | { opened: false };

export interface Consents {
  /**
   * Makes a link with which one person can consent, once. Whoever else uses it changes nothing: the callback compares.
   *
   * @throws StoreError, SealError
   */
  ask(question: ConsentQuestion): Promise<ConsentAnswer>;
}

export interface ConsentDeps {
  store: Pick<Store, 'consents'>;
  sealer: Sealer;
  server: Pick<AuthorizationServer, 'consentUrl'>;
  randomBytes: RandomBytes;
  /** None unless given. */
  tracing?: Pick<Tracing, 'current'>;
}

/** Links for people to consent with, recorded in the store. */
export function createConsents({
  store,
  sealer,
  server,
  randomBytes,
  tracing = NO_TRACING,
}: ConsentDeps): Consents {
  return {
    async ask({ user, space, requestId, scopes: asked, now }) {
      const ticket = mintTicket(randomBytes);
      const verifier = randomToken(randomBytes);
      const nonce = randomToken(randomBytes);
      const scopes = [...new Set([...IDENTITY_SCOPES, ...asked])];
      const expiresAt = now + TICKET_LIFE_MS;
      const context = { collection: 'consents', owner: user } as const;
      const opened = await store.consents.open({
        ticketHash: hashTicket(ticket),
        user,
        space,
        requestId,
        scopes,
        verifier: await sealer.seal(verifier, context),
        nonce: await sealer.seal(nonce, context),
        createdAt: now,
        expiresAt,
        traceparent: tracing.current(),
      });
      if (opened === 'already-open') return { opened: false };
      const challenge = pkceChallenge(verifier);
      const url = server.consentUrl({ ticket, challenge, nonce, scopes, user });
      return { opened: true, url, expiresAt };
    },
  };
}
