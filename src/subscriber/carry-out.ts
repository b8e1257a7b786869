import { missingScopes } from '../lib/authorization/scopes.ts';
import type { ConnectReason } from '../lib/chat/cards.ts';
import type { Store } from '../lib/store/store.ts';
import type { Attempt, Progress } from './attempt.ts';
import { type CommandContextDeps, contextOf } from './command-context.ts';
import type {
  Command,
  CommandContext,
  PersonCommand,
  PersonContext,
  Request,
} from './commands/command.ts';
import { ConsentNeeded, consentedCredentials } from './consented-credentials.ts';
import { delegatedCredentials } from './delegated-credentials.ts';
import { chatAsPerson } from './person-chat.ts';
import { type Route, toRequest } from './route.ts';
import type { ByConsent } from './user-auth.ts';

export interface CarryOutDeps extends CommandContextDeps {
  store: CommandContextDeps['store'] & Pick<Store, 'forgetSpace'>;
  /** The command that only connects, for people whom the app meets for the first time. */
  connect: PersonCommand;
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
      await deps.replies.send(
        request,
        { text: request.language.words.unknownCommand },
        'answer',
        signal,
      );
      return 'done';
    case 'welcome':
      return await welcome(deps, attempt, request, route.next);
    case 'clean-up':
      await deps.store.forgetSpace(request.space.name, deps.clock());
      return 'done';
    case 'press':
      await pressButton(deps, attempt, route);
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
  const { space, id, language } = request;
  const { words } = language;
  const { userAuth } = deps;
  const isNew = userAuth.kind === 'consent' && attempt.grant === undefined;
  if (space.kind === 'dm' && isNew && next === undefined) {
    return await askForConsent(userAuth, attempt, request, deps.connect, {
      ...NOT_CONNECTED,
      greeting: words.welcomeInDm,
    });
  }
  if (!attempt.consented && attempt.planned === undefined) {
    const text = space.kind === 'dm' ? words.welcomeInDm : words.welcome;
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
  const { userAuth, chat } = deps;
  const request = toRequest(attempt.interaction, command);
  const context = contextOf(deps, attempt, request, command);
  const objection = command.objection?.(request);
  if (objection !== undefined) {
    await context.reply({ text: objection });
    return 'done';
  }
  if (command.as === 'app') {
    await command.run(context);
    return 'done';
  }
  if ((await command.prepare?.(context)) === 'enough') return 'done';
  if (userAuth.kind === 'consent') {
    return await runByConsent(deps, userAuth, attempt, context, command);
  }
  return await run(command, {
    ...context,
    connection: { by: 'delegation' },
    chat: chatAsPerson(chat, delegatedCredentials(userAuth, request.person, command.scopes)),
  });
}

async function run(command: PersonCommand, context: PersonContext): Promise<Progress> {
  if (command.plan === undefined || context.planned !== undefined) {
    await command.run(context);
    return 'done';
  }
  const plan = await command.plan(context);
  return plan === undefined ? 'done' : { awaits: 'hour', plan };
}

async function pressButton(
  deps: CarryOutDeps,
  attempt: Attempt,
  { command, press }: Extract<Route, { to: 'press' }>,
): Promise<void> {
  const request = toRequest(attempt.interaction);
  await command.press?.({ ...contextOf(deps, attempt, request, command), press });
}

async function runByConsent(
  { chat, log }: CarryOutDeps,
  userAuth: ByConsent,
  attempt: Attempt,
  context: CommandContext,
  command: PersonCommand,
): Promise<Progress> {
  const { grant, status } = attempt;
  const { request } = context;
  if (grant === undefined) {
    return await askForConsent(userAuth, attempt, request, command, NOT_CONNECTED);
  }
  try {
    if (missingScopes(command.scopes, grant.scopes).length > 0) {
      throw new ConsentNeeded('permission-missing', grant.version);
    }
    return await run(command, {
      ...context,
      connection: { by: 'consent', grant },
      chat: chatAsPerson(chat, consentedCredentials({ ...userAuth, log }, grant)),
    });
  } catch (error) {
    if (!(error instanceof ConsentNeeded)) throw error;
    if (status.isShown()) await status.end({ text: request.language.words.waiting });
    return await askForConsent(userAuth, attempt, request, command, error);
  }
}

/**
 * What the person was asked for, if this made us ask.
 *
 * @param connect the command that only connects
 */
export function scopesAskedFor(route: Route, connect: PersonCommand): readonly string[] {
  const command = commandOf(route, connect);
  return command?.as === 'user' ? command.scopes : [];
}

function commandOf(route: Route, connect: PersonCommand): Command | undefined {
  if (route.to === 'welcome') return route.next ?? connect;
  return route.to === 'command' ? route.command : undefined;
}

const NOT_CONNECTED = { reason: 'not-connected', grantVersion: 0 } as const;

async function askForConsent(
  { prompts }: ByConsent,
  { grant, signal, planned }: Attempt,
  request: Request,
  { scopes }: PersonCommand,
  why: { reason: ConnectReason; grantVersion: number; greeting?: string },
): Promise<Progress> {
  const { reason, grantVersion, greeting } = why;
  const missing = missingScopes(scopes, grant?.scopes ?? []);
  // Where the grant has them all, the connection has ended, or Google sees it otherwise.
  const lacking = missing.length === 0 ? scopes : missing;
  const question = { reason, scopes, lacking, greeting, planned };
  const prompt = await prompts.ask(request, question, signal);
  return { awaits: 'consent', prompt, grantVersion };
}
