import type { Disconnected } from '../lib/authorization/disconnect.ts';
import type { Chat } from '../lib/chat/chat.ts';
import type { ConnectReason } from '../lib/chat/wording.ts';
import type { Clock } from '../lib/clock.ts';
import type { Interaction } from '../lib/interactions/interaction.ts';
import type { MessageName, UserName } from '../lib/names.ts';
import type { Grant, Store } from '../lib/store/store.ts';
import type { Command, CommandContext, PersonCommand, Request } from './commands/command.ts';
import type { ConsentPrompts } from './consent-prompt.ts';
import { ConsentNeeded, chatAsPerson, type PersonChatDeps } from './person-chat.ts';
import type { PrivateReplies } from './private-replies.ts';
import { type Route, toRequest } from './route.ts';
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

export interface CarryOutDeps extends PersonChatDeps {
  chat: Chat;
  store: Pick<Store, 'grants' | 'forgetSpace'>;
  prompts: ConsentPrompts;
  replies: PrivateReplies;
  disconnect: (user: UserName, signal: AbortSignal) => Promise<Disconnected>;
  /** The command that only connects, for people whom the app meets for the first time. */
  connect: PersonCommand;
  clock: Clock;
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
  if (space.kind === 'dm' && attempt.grant === undefined && next === undefined) {
    return await askForConsent(deps, attempt, request, deps.connect, {
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
  const { interaction, grant, signal, consented } = attempt;
  const request = toRequest(interaction, command);
  const context: CommandContext = {
    request,
    grant,
    signal,
    members: () => deps.chat.asApp.listMembers(request.space.name, signal),
    disconnect: () => deps.disconnect(request.person.name, signal),
    reply: async (content) => {
      await deps.replies.send(request, content, 'answer', signal);
    },
  };
  const objection = command.objection?.(request);
  if (objection !== undefined) {
    await context.reply({ text: objection });
    return 'done';
  }
  if (command.as === 'app') {
    await command.run(context);
    return 'done';
  }

  if (grant === undefined) {
    return await askForConsent(deps, attempt, request, command, NOT_CONNECTED);
  }
  try {
    if (!command.scopes.every((scope) => grant.scopes.includes(scope))) {
      throw new ConsentNeeded('permission-missing', grant.version);
    }
    await command.run({
      ...context,
      grant,
      consented,
      chat: chatAsPerson(deps, grant),
      step: (step) => ({ requestId: request.id, step }),
    });
    return 'done';
  } catch (error) {
    if (!(error instanceof ConsentNeeded)) throw error;
    return await askForConsent(deps, attempt, request, command, error);
  }
}

const NOT_CONNECTED = { reason: 'not-connected', grantVersion: 0 } as const;

async function askForConsent(
  { prompts }: CarryOutDeps,
  { signal }: Attempt,
  request: Request,
  { scopes }: PersonCommand,
  why: { reason: ConnectReason; grantVersion: number; greeting?: string },
): Promise<Progress> {
  const { reason, grantVersion, greeting } = why;
  const prompt = await prompts.ask(request, { reason, scopes, greeting }, signal);
  return { awaits: 'consent', prompt, grantVersion };
}
