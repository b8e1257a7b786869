import type { Chat } from '../lib/chat/chat.ts';
import type { ConnectReason } from '../lib/chat/wording.ts';
import type { Clock } from '../lib/clock.ts';
import type { Interaction } from '../lib/interactions/interaction.ts';
import type { MessageName } from '../lib/names.ts';
import type { Grant, Store } from '../lib/store/store.ts';
import type { Log } from '../lib/telemetry/log.ts';
import type {
  Command,
  CommandContext,
  Connection,
  PersonCommand,
  Request,
} from './commands/command.ts';
import { ConsentNeeded, consentedCredentials } from './consented-credentials.ts';
import { delegatedCredentials } from './delegated-credentials.ts';
import { chatAsPerson } from './person-chat.ts';
import type { PrivateReplies } from './private-replies.ts';
import { type Route, toRequest } from './route.ts';
import type { ByConsent, UserAuth } from './user-auth.ts';
import { wording } from './wording.ts';

/** One attempt at a request. */
export interface Attempt {
  interaction: Interaction;
  route: Route;
  /** The person's grant, as it was when the request was claimed. */
  grant: Grant | undefined;
  /** It had been put aside for a consent, which has come. */
  consented: boolean;
  signal: AbortSignal;
}

/**
 * What an attempt led to. `awaits`: the person has been asked, by `prompt` unless another card is open, for a grant that is
 * newer than `grantVersion` (0: they have none).
 */
export type Progress =
  | 'done'
  | { awaits: 'consent'; prompt: MessageName | undefined; grantVersion: number };

export interface CarryOutDeps {
  chat: Chat;
  store: Pick<Store, 'forgetSpace'>;
  userAuth: UserAuth;
  replies: PrivateReplies;
  /** The command that only connects, for people whom the app meets for the first time. */
  connect: PersonCommand;
  clock: Clock;
  log: Log;
}

/**
 * Does what an interaction asks for. May be called again for the same request after a crash at any point: everything that it
 * does finds out that it was done.
 *
 * @throws PosternError
 */
export async function carryOut(deps: CarryOutDeps, attempt: Attempt): Promise<Progress> {
  const { interaction, route, signal } = attempt;
  const request = toRequest(interaction);
  switch (route.to) {
    case 'command':
      return await runCommand(deps, attempt, route.command);
    case 'unknown-command':
      await deps.replies.send(request, { text: wording.unknownCommand }, 'answer', signal);
      return 'done';
    case 'welcome':
      return await welcome(deps, attempt, request, route.next);
    case 'clean-up':
      await deps.store.forgetSpace(request.space.name, deps.clock());
      return 'done';
    case 'nothing':
      return 'done';
  }
}

/** A room is greeted for all to see; who is alone with the app is offered to connect in the same breath. */
async function welcome(
  deps: CarryOutDeps,
  attempt: Attempt,
  request: Request,
  next: Command | undefined,
): Promise<Progress> {
  const { space, id } = request;
  const { userAuth } = deps;
  const isNew = userAuth.kind === 'consent' && attempt.grant === undefined;
  if (space.kind === 'dm' && isNew && next === undefined) {
    return await askForConsent(userAuth, attempt, request, deps.connect, {
      ...NOT_CONNECTED,
      greeting: wording.welcomeInDm,
    });
  }
  if (!attempt.consented) {
    const text = space.kind === 'dm' ? wording.welcomeInDm : wording.welcome;
    const step = { requestId: id, step: 'welcome' };
    await deps.chat.asApp.createMessage(space.name, { text }, step, attempt.signal);
  }
  return next === undefined ? 'done' : await runCommand(deps, attempt, next);
}

async function runCommand(
  deps: CarryOutDeps,
  attempt: Attempt,
  command: Command,
): Promise<Progress> {
  const { userAuth, chat, replies } = deps;
  const { interaction, signal } = attempt;
  const request = toRequest(interaction, command);
  const context = {
    request,
    signal,
    members: () => chat.asApp.listMembers(request.space.name, signal),
    reply: async (content) => {
      await replies.send(request, content, 'answer', signal);
    },
  } satisfies Partial<CommandContext>;
  const objection = command.objection?.(request);
  if (objection !== undefined) {
    await context.reply({ text: objection });
    return 'done';
  }
  if (command.as === 'app') {
    await command.run({ ...context, connection: connectionOf(userAuth, attempt) });
    return 'done';
  }
  if (userAuth.kind === 'consent') {
    return await runByConsent(deps, userAuth, attempt, context, command);
  }
  await command.run({
    ...context,
    connection: { by: 'delegation' },
    chat: chatAsPerson(chat, delegatedCredentials(userAuth, request.person, command.scopes)),
    step: (step) => ({ requestId: request.id, step }),
  });
  return 'done';
}

function connectionOf(userAuth: UserAuth, { grant, interaction, signal }: Attempt): Connection {
  if (userAuth.kind === 'delegation') return { by: 'delegation' };
  const disconnect = () => userAuth.disconnect(interaction.person.name, signal);
  return { by: 'consent', grant, disconnect };
}

async function runByConsent(
  { chat, log }: CarryOutDeps,
  userAuth: ByConsent,
  attempt: Attempt,
  context: Omit<CommandContext, 'connection'>,
  command: PersonCommand,
): Promise<Progress> {
  const { grant, consented } = attempt;
  const { request } = context;
  if (grant === undefined) {
    return await askForConsent(userAuth, attempt, request, command, NOT_CONNECTED);
  }
  try {
    if (!command.scopes.every((scope) => grant.scopes.includes(scope))) {
      throw new ConsentNeeded('permission-missing', grant.version);
    }
    await command.run({
      ...context,
      connection: { by: 'consent', grant, consented },
      chat: chatAsPerson(chat, consentedCredentials({ ...userAuth, log }, grant)),
      step: (step) => ({ requestId: request.id, step }),
    });
    return 'done';
  } catch (error) {
    if (!(error instanceof ConsentNeeded)) throw error;
    return await askForConsent(userAuth, attempt, request, command, error);
  }
}

const NOT_CONNECTED = { reason: 'not-connected', grantVersion: 0 } as const;

async function askForConsent(
  { prompts }: ByConsent,
  { signal }: Attempt,
  request: Request,
  { scopes }: PersonCommand,
  why: { reason: ConnectReason; grantVersion: number; greeting?: string },
): Promise<Progress> {
  const { reason, grantVersion, greeting } = why;
  const prompt = await prompts.ask(request, { reason, scopes, greeting }, signal);
  return { awaits: 'consent', prompt, grantVersion };
}
