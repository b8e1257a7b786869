import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { run } from '../../src/admin/run.ts';
import type { UserName } from '../../src/lib/names.ts';
import { createKeyring } from '../../src/lib/store/keyring.ts';
import type { Sealer } from '../../src/lib/store/sealer.ts';
import { openSqliteStore } from '../../src/lib/store/sqlite/sqlite-store.ts';
import type { Store } from '../../src/lib/store/store.ts';
import { type FakeGoogle, startFakeGoogle } from '../lib/authorization/fake-google.ts';
import { CLIENT_ID } from '../lib/authorization/id-tokens.ts';
import { ADA, aConsent, aGrant, NOW, request, ticket } from '../lib/store/contract/fixture.ts';
import { freshPath } from '../lib/store/sqlite-file.ts';

const keyOf = (id: string): Buffer => createHash('sha256').update(id).digest();

/** The keys of a process, first to last. */
export const ringOf = (...ids: string[]): Sealer =>
  createKeyring({ keys: ids.map((id) => ({ id, key: keyOf(id) })), clientId: CLIENT_ID });

export interface Ran {
  code: number;
  out: string;
  err: string;
  drawn: string;
}

export interface Scene {
  /** As a process has it that runs meanwhile. */
  store: Store;
  google: FakeGoogle;
  environment: Record<string, string>;
  now: number;
  /** What somebody at the terminal types when asked. Undefined: nobody is there. */
  typing: ((question: string) => string | Promise<string>) | undefined;
  /** Ends what runs. */
  interruption: AbortController;
  /** @param who with which key their refresh token is sealed, and what it is */
  connect(who?: {
    user?: UserName;
    email?: string;
    at?: number;
    key?: string;
    token?: string;
  }): Promise<number>;
  run(...args: string[]): Promise<Ran>;
  /** The same with `--json`: what it answered. */
  json(...args: string[]): Promise<unknown>;
}

/** The commands with a real store, and a Google that plays the revoke endpoint. */
export async function setScene(t: TestContext): Promise<Scene> {
  const path = freshPath(t);
  const store = openSqliteStore({ path });
  t.after(() => store.close());
  const google = await startFakeGoogle();
  t.after(() => google.close());
  const clientFile = JSON.stringify({
    web: {
      client_id: google.client.clientId,
      client_secret: google.client.clientSecret,
      redirect_uris: google.client.redirectUris,
      auth_uri: google.client.authUri,
      token_uri: google.client.tokenUri,
      auth_provider_x509_cert_url: google.client.certsUrl,
    },
  });
  const scene: Scene = {
    store,
    google,
    environment: {
      STORE: `sqlite:${path}`,
      TOKEN_KEYS: keysOf('k1'),
      OAUTH_REVOKE_URL: google.revokeUrl,
    },
    now: NOW,
    typing: undefined,
    interruption: new AbortController(),

    async connect({
      user = ADA,
      email = 'ada@example.com',
      at = scene.now,
      key = 'k1',
      token,
    } = {}) {
      const secret = token ?? `1//refresh-${user}-${at}`;
      google.addRefreshToken(secret);
      const refreshToken = await ringOf(key).seal(secret, { collection: 'grants', owner: user });
      const ticketHash = ticket(`${user} ${at}`);
      const consent = { ticketHash, user, requestId: request(ticketHash) };
      await store.consents.open(aConsent({ ...consent, createdAt: at, expiresAt: at + 1 }));
      const grant = aGrant({ user, refreshToken, email, grantedAt: at });
      assert.equal(await store.consents.complete(ticketHash, grant, at), 'completed');
      return (await store.grants.get(user))?.version ?? 0;
    },

    async run(...args) {
      const said: Record<'out' | 'err' | 'drawn', string[]> = { out: [], err: [], drawn: [] };
      const { typing } = scene;
      const code = await run(
        args,
        {
          environment: scene.environment,
          readText: () => clientFile,
          exists: existsSync,
          clock: () => scene.now,
          sleep: async () => {},
          random: () => 0,
          terminal: {
            out: (line) => void said.out.push(`${line}\n`),
            tell: (line) => void said.err.push(`${line}\n`),
            ask: typing && (async (question) => typing(question)),
            draw: typing && ((text) => void said.drawn.push(text)),
          },
        },
        scene.interruption.signal,
      );
      const ran = { out: said.out.join(''), err: said.err.join(''), drawn: said.drawn.join('') };
      for (const secret of google.secrets()) {
        assert.ok(!`${ran.out}${ran.err}${ran.drawn}`.includes(secret), 'a secret was printed');
      }
      return { code, ...ran };
    },

    async json(...args) {
      const { code, out, err } = await scene.run(...args, '--json');
      assert.equal(code, 0, err);
      const answer: unknown = JSON.parse(out);
      return answer;
    },
  };
  return scene;
}

/** `TOKEN_KEYS` with these, first to last. */
export function keysOf(...ids: string[]): string {
  return ids.map((id) => `${id}:${keyOf(id).toString('base64')}`).join();
}
