import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import express from 'express';
import { type Accounts, createAccounts } from '../../../simulator/accounts/accounts.ts';
import type { Audience } from '../../../simulator/accounts/audience.ts';
import { consentAs } from '../../../simulator/accounts/consent-as.ts';
import { loadState } from '../../../simulator/accounts/state.ts';
import type { Snapshot } from '../../../simulator/snapshot.ts';
import type { SimulatedPerson } from '../../../simulator/world.ts';
import { pkceChallenge } from '../../../src/lib/authorization/ticket.ts';
import { serveLocally } from '../../support/local-server.ts';

export const ANA: SimulatedPerson = {
  id: '101',
  displayName: 'Ana',
  email: 'ana@example.com',
  domain: 'example.com',
  locale: 'en',
  timeZone: 'America/New_York',
};
export const BRUNO: SimulatedPerson = {
  ...ANA,
  id: '102',
  displayName: 'Bruno & <b>',
  email: 'bruno@other.example',
  domain: 'other.example',
};

export const CLIENT = {
  kind: 'web',
  clientId: '1234-abc.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-very-secret',
  redirectUris: ['http://localhost:8080/oauth2', 'https://postern.example.com/oauth2'],
} as const;
export const DESKTOP = {
  kind: 'installed',
  clientId: '1234-desktop.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-not-so-secret',
  redirectUris: [],
} as const;
export const REDIRECT_URI = CLIENT.redirectUris[0];

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const SERVICE_ACCOUNT = {
  clientEmail: 'postern@simulated.iam.gserviceaccount.com',
  keyId: 'service-key-1',
  publicKeyPem: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
};
export const SERVICE_KEY_PEM = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

export const VERIFIER = 'a-verifier-of-43-characters-at-the-very-least';
export const CREATE = 'https://www.googleapis.com/auth/chat.messages.create';
export const READ = 'https://www.googleapis.com/auth/chat.spaces.readonly';
export const EMAIL = 'https://www.googleapis.com/auth/userinfo.email';

/** Keeps the state as JSON, as a file would. */
export function memorySnapshot(saved?: string): Snapshot & { text(): string } {
  let text = saved;
  return {
    load(): unknown {
      return text === undefined ? undefined : JSON.parse(text);
    },
    save(state) {
      text = JSON.stringify(state);
    },
    text: () => text ?? '',
  };
}

/** What is there after the very first start. One for all tests: a signing key takes a while to make. */
const firstState = memorySnapshot();
loadState(firstState);

export interface Harness extends AsyncDisposable {
  accounts: Accounts;
  url: string;
  advance(milliseconds: number): void;
  /** A good authorization request, changed: `undefined` leaves a parameter out. */
  authUrl(change?: Readonly<Record<string, string | undefined>>): string;
  /** Consents, and gives what came back to the app. */
  consent(
    allow?: boolean | readonly string[],
    change?: Readonly<Record<string, string | undefined>>,
    userId?: string,
  ): Promise<URLSearchParams>;
  post(
    path: string,
    form: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Posted>;
  /** Exchanges a code as Postern would, changed. */
  exchange(code: string | null, change?: Readonly<Record<string, string>>): Promise<Posted>;
  refresh(refreshToken: unknown, change?: Readonly<Record<string, string>>): Promise<Posted>;
}

export interface Posted {
  status: number;
  body: Record<string, unknown>;
}

/** Accounts on a port of their own. */
export async function startAccounts(
  snapshot: Snapshot = memorySnapshot(firstState.text()),
  // Bruno is of another organization.
  { audience }: { audience: Audience | undefined } = { audience: 'verified' },
): Promise<Harness> {
  let now = Date.now();
  let url = '';
  const accounts = createAccounts({
    people: [ANA, BRUNO],
    appName: 'Postern',
    organization: ANA.domain,
    oauthClients: [CLIENT, DESKTOP],
    serviceAccount: SERVICE_ACCOUNT,
    issuer: () => url,
    snapshot,
    clock: () => now,
    randomBytes,
  });
  if (audience !== undefined) accounts.setAudience(audience);
  const server = await serveLocally(express().use(accounts.iam, accounts.router));
  url = server.url;

  const harness: Harness = {
    accounts,
    url,
    advance(milliseconds) {
      now += milliseconds;
    },
    authUrl(change = {}) {
      const parameters = {
        response_type: 'code',
        client_id: CLIENT.clientId,
        redirect_uri: REDIRECT_URI,
        scope: `openid ${CREATE}`,
        access_type: 'offline',
        prompt: 'consent',
        include_granted_scopes: 'true',
        login_hint: ANA.id,
        state: 'the-state',
        nonce: 'the-nonce',
        code_challenge: pkceChallenge(VERIFIER),
        code_challenge_method: 'S256',
        ...change,
      };
      const link = new URL('/o/oauth2/v2/auth', url);
      for (const [name, value] of Object.entries(parameters)) {
        if (value !== undefined) link.searchParams.set(name, value);
      }
      return link.href;
    },
    async consent(allow = true, change = {}, userId = ANA.id) {
      return (await consentAs({ url: harness.authUrl(change), userId, allow })).searchParams;
    },
    async post(path, form, headers = {}) {
      const body = new URLSearchParams(form);
      const response = await fetch(url + path, { method: 'POST', body, headers });
      const answer: unknown = await response.json();
      assert.ok(typeof answer === 'object' && answer !== null);
      return { status: response.status, body: { ...answer } };
    },
    exchange: (code, change = {}) =>
      harness.post('/token', {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        grant_type: 'authorization_code',
        code: code ?? '',
        redirect_uri: REDIRECT_URI,
        code_verifier: VERIFIER,
        ...change,
      }),
    refresh: (refreshToken, change = {}) =>
      harness.post('/token', {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        grant_type: 'refresh_token',
        refresh_token: String(refreshToken),
        ...change,
      }),
    [Symbol.asyncDispose]: server.close,
  };
  return harness;
}

/** The answer is OAuth's error, with words for whoever debugs it. */
export function refused({ status, body }: Posted, wantedStatus: number, error: string): void {
  assert.deepEqual({ status, error: body['error'] }, { status: wantedStatus, error });
  assert.equal(typeof body['error_description'], 'string');
}
