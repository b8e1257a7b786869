import { randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import type { AuthorizationServer } from '../../src/lib/authorization/authorization.ts';
import { createConsents } from '../../src/lib/authorization/consent.ts';
import { disconnectPerson } from '../../src/lib/authorization/disconnect.ts';
import { createPersonTokens } from '../../src/lib/authorization/person-tokens.ts';
import { CHAT_MESSAGES_CREATE } from '../../src/lib/authorization/scopes.ts';
import { hashTicket, ticket } from '../../src/lib/authorization/ticket.ts';
import { hours, minutes } from '../../src/lib/clock.ts';
import type { Interaction } from '../../src/lib/interactions/interaction.ts';
import { spaceName, type UserName } from '../../src/lib/names.ts';
import type { Sealer } from '../../src/lib/store/sealer.ts';
import type { Claim, Grant, Store } from '../../src/lib/store/store.ts';
import { NO_TRACING } from '../../src/lib/telemetry/tracing.ts';
import type { Command } from '../../src/subscriber/commands/command.ts';
import { connect } from '../../src/subscriber/commands/connect.ts';
import { createRegistry } from '../../src/subscriber/commands/registry.ts';
import { createConsentPrompts } from '../../src/subscriber/consent-prompt.ts';
import { createDispatcher, type Dispatcher } from '../../src/subscriber/dispatcher.ts';
import type { Outcome } from '../../src/subscriber/outcome.ts';
import { createOwnTrouble } from '../../src/subscriber/own-trouble.ts';
import { createPrivateReplies } from '../../src/subscriber/private-replies.ts';
import type { ByDelegation } from '../../src/subscriber/user-auth.ts';
import { openLocalStore } from '../lib/authorization/local-store.ts';
import { type LogLine, recordLog } from '../lib/telemetry/recorded-log.ts';
import { ANA, event, idOf } from './events.ts';
import { type Enter, guard } from './guard.ts';
import { linkOf, RecordingChat } from './recording-chat.ts';

export const LEASE_MS = minutes(1.5);
const COMMAND_IDS = new Map([
  [1, 'post'],
  [2, 'help'],
  [5, 'schedule'],
  [9, 'not-ours'],
]);

/** Everything below main.ts, with the real store and keyring. Chat and Google are played; time stands still. */
export interface Scene {
  chat: RecordingChat;
  store: Store;
  sealer: Sealer;
  logged: LogLine[];
  /** Every call of the worker to the store or to Google. What it throws, that call fails with. Chat has its own. */
  enter: Enter;
  /** The access tokens that Google gives out, one after the other, and the refresh tokens that were revoked. */
  google: { refresh: AuthorizationServer['refresh']; revoke: AuthorizationServer['revoke'] };
  /** What workers made from now on act by, instead of people's consent. */
  delegation: ByDelegation | undefined;
  /** What the next attempts are given. */
  attemptSignal: () => AbortSignal;
  /** How the next attempts wait. Unless a test says otherwise, no time passes, and so no status is shown. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  now(): number;
  pass(ms: number): void;
  /** Another process, with memory of its own. */
  worker(commands?: readonly Command[]): Dispatcher;
  /** By the first worker. */
  dispatch(interaction: Interaction): Promise<Outcome>;
  /** The newest link that this person was shown. */
  link(person?: UserName): string;
  /** What the callback does with a link. */
  consent(url: string, scopes?: readonly string[]): Promise<string>;
  /** Connects somebody, without any request that asked for it. */
  connect(person?: UserName, scopes?: readonly string[]): Promise<Grant>;
  /** What the relay would publish, dispatched. */
  runDue(): Promise<Outcome[]>;
  /** What the ledger says of a request, once nobody works on it any more. */
  ledger(id?: string): Promise<Claim['status']>;
}

export function setScene(t: TestContext): Scene {
  const { store, sealer, close } = openLocalStore();
  t.after(close);
  const { log, lines } = recordLog('debug');
  const chat = new RecordingChat();
  let now = Date.UTC(2026, 7, 17, 14);
  let asked = 0;
  let tokens = 0;
  const clock = (): number => now;

  const worker = (list?: readonly Command[]): Dispatcher => {
    const guarded = guard(store, (path) => scene.enter(path));
    const server = guard(
      {
        refresh: (token: string, signal: AbortSignal) => scene.google.refresh(token, signal),
        revoke: (token: string, signal: AbortSignal) => scene.google.revoke(token, signal),
      },
      (path) => scene.enter(path),
    );
    const personTokens = createPersonTokens({ server, sealer, clock });
    const replies = createPrivateReplies(chat.asApp);
    const consents = createConsents({
      store: guarded,
      sealer,
      server: { consentUrl: ({ ticket }) => `https://accounts.example/auth?state=${ticket}` },
      randomBytes,
    });
    return createDispatcher({
      store: guarded,
      sealer,
      chat,
      userAuth: scene.delegation ?? {
        kind: 'consent',
        grants: guarded.grants,
        tokens: personTokens,
        prompts: createConsentPrompts({ consents, replies, chat: chat.asApp, clock }),
        disconnect: (user, signal) =>
          disconnectPerson(
            { store: guarded, sealer, server, tokens: personTokens },
            user,
            now,
            signal,
          ),
      },
      replies,
      troubles: createOwnTrouble(),
      tracing: NO_TRACING,
      connect,
      registry: createRegistry(list),
      commandIds: COMMAND_IDS,
      topic: 'projects/postern-test/topics/postern',
      clock,
      sleep: (ms, signal) => scene.sleep(ms, signal),
      log,
      leaseMs: LEASE_MS,
      attemptSignal: () => scene.attemptSignal(),
    });
  };

  const scene: Scene = {
    chat,
    store,
    sealer,
    logged: lines,
    enter: () => {},
    google: {
      refresh: async () => ({ token: `access-${++tokens}`, expiresAt: now + hours(1) }),
      revoke: async () => {},
    },
    delegation: undefined,
    attemptSignal: () => new AbortController().signal,
    sleep: (_ms, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
    now: clock,
    pass(ms) {
      now += ms;
    },
    worker,
    dispatch: (interaction) => first.dispatch(event(interaction)),
    link(person = ANA) {
      const shown = chat.messages().filter(({ privateTo, space }) => {
        return privateTo === person || chat.directMessages.get(person) === space;
      });
      const url = shown.map(linkOf).findLast((link) => link !== undefined);
      if (url === undefined) throw new Error(`${person} was shown no link`);
      return url;
    },
    async consent(url, scopes) {
      const hash = hashTicket(ticket.parse(new URL(url).searchParams.get('state')));
      const consent = await store.consents.get(hash);
      const user = consent?.user ?? ANA;
      const refreshToken = await sealer.seal('1//refresh', { collection: 'grants', owner: user });
      const granted = scopes ?? consent?.scopes ?? [];
      const email = 'ana@example.com';
      const grant = { user, refreshToken, scopes: granted, email, grantedAt: now };
      return store.consents.complete(hash, grant, now);
    },
    async connect(person = ANA, scopes = [CHAT_MESSAGES_CREATE]) {
      asked += 1;
      const requestId = idOf(`connect ${asked}`);
      const consents = createConsents({
        store,
        sealer,
        server: {
          consentUrl: (request) => `https://accounts.example/auth?state=${request.ticket}`,
        },
        randomBytes,
      });
      const space = spaceName.parse(`spaces/CONNECT${asked}`);
      const answer = await consents.ask({ user: person, space, requestId, scopes, now });
      if (answer.opened) await scene.consent(answer.url, scopes);
      const grant = await store.grants.get(person);
      if (grant === undefined) throw new Error('not connected');
      return grant;
    },
    async runDue() {
      const due = await store.requests.takeDue({ now, hideUntil: now + minutes(1), limit: 100 });
      return Promise.all(
        due.map(({ id, space }) => first.dispatch({ outcome: 'due', requestId: id, space })),
      );
    },
    async ledger(id = 'one') {
      const options = { now, leaseMs: 0, expiresAt: now + hours(1), mustExist: true };
      return (await store.requests.claim(idOf(id), options)).status;
    },
  };
  const first = worker();
  return scene;
}
