import { createHash } from 'node:crypto';
import {
  CHAT_MEMBERSHIPS_READONLY,
  CHAT_MESSAGES,
  CHAT_MESSAGES_CREATE,
  CHAT_SPACES_CREATE,
} from '../lib/authorization/scopes.ts';
import { type RandomBytes, randomToken } from '../lib/authorization/ticket.ts';
import type { ChatAsPerson, Member, Step } from '../lib/chat/chat.ts';
import { requestId } from '../lib/names.ts';
import { printable } from '../lib/printable.ts';
import type { Chats } from './chats.ts';
import type { Command, Principal } from './invocation.ts';

/** What came of a command. */
export interface Result {
  /** For people. */
  lines: readonly string[];
  /** The same for machines. */
  data: object;
}

export interface CarryOutDeps {
  chats: Chats;
  randomBytes: RandomBytes;
}

/** What the app and people can do alike. */
type Speaker = Pick<ChatAsPerson, 'createMessage' | 'updateText' | 'listMembers'>;

type CommandOf<Name extends Command['name']> = Extract<Command, { name: Name }>;

/** Does it, once. @throws whatever it is that doesn't work */
export async function carryOut(
  command: Command,
  deps: CarryOutDeps,
  signal: AbortSignal,
): Promise<Result> {
  switch (command.name) {
    case 'send':
      return send(command, deps, signal);
    case 'update':
      return update(command, deps, signal);
    case 'members':
      return members(command, deps, signal);
    case 'create-space':
      return createSpace(command, deps, signal);
    case 'sign-out':
      return signOut(deps, signal);
  }
}

async function send(
  { as, space, text, thread, id }: CommandOf<'send'>,
  deps: CarryOutDeps,
  signal: AbortSignal,
): Promise<Result> {
  const chat = await speaker(as, CHAT_MESSAGES_CREATE, deps, signal);
  // Chat answers a `requestId` that it knows with the first message, wherever that is: so the space is part of it.
  const step = stepOf(['send', space], id, deps);
  const { name, already } = await chat.createMessage(space, { text, thread }, step, signal);
  const line = already ? `Posted before, and not again: ${name}` : `Posted: ${name}`;
  return { lines: [line], data: { name, already } };
}

/** To change one's own message a person gives a restricted scope: Chat knows no smaller one. */
async function update(
  { as, message, text }: CommandOf<'update'>,
  deps: CarryOutDeps,
  signal: AbortSignal,
): Promise<Result> {
  const chat = await speaker(as, CHAT_MESSAGES, deps, signal);
  await chat.updateText(message, text, signal);
  return { lines: [`Updated: ${message}`], data: { name: message } };
}

async function members(
  { as, space }: CommandOf<'members'>,
  deps: CarryOutDeps,
  signal: AbortSignal,
): Promise<Result> {
  const chat = await speaker(as, CHAT_MEMBERSHIPS_READONLY, deps, signal);
  const found = await chat.listMembers(space, signal);
  return { lines: found.map(memberLine), data: { members: found } };
}

function memberLine({ name, kind, displayName }: Member): string {
  return `${name}  ${kind}  ${printable(displayName ?? '')}`.trimEnd();
}

async function createSpace(
  { as, displayName, people, id }: CommandOf<'create-space'>,
  deps: CarryOutDeps,
  signal: AbortSignal,
): Promise<Result> {
  const chat = await deps.chats.asPerson(as, [CHAT_SPACES_CREATE], signal);
  const step = stepOf(['create-space'], id, deps);
  const { name, address } = await chat.setUpSpace({ displayName, people }, step, signal);
  const data = { name, address: address.href };
  return { lines: [`Created: ${name}, at ${address.href}`], data };
}

async function signOut({ chats }: CarryOutDeps, signal: AbortSignal): Promise<Result> {
  const data = await chats.withAccount((account) => account.signOut(signal));
  const { wasConnected, revoked } = data;
  if (!wasConnected) return { lines: ['Nobody was signed in.'], data };
  const line = revoked
    ? 'Signed out. Google has ended the permission, and nothing of your account is kept here.'
    : 'Signed out, and nothing of your account is kept here. Google couldn’t be told: end the permission at ' +
      'https://myaccount.google.com/connections.';
  return { lines: [line], data };
}

async function speaker(
  as: Principal,
  scope: string,
  { chats }: CarryOutDeps,
  signal: AbortSignal,
): Promise<Speaker> {
  return as.kind === 'app' ? chats.asApp() : chats.asPerson(as, [scope], signal);
}

/** What makes a repeat harmless: the caller's own id, or one of this run. */
function stepOf(
  [step, ...place]: readonly [string, ...string[]],
  id: string | undefined,
  { randomBytes }: CarryOutDeps,
): Step {
  const identity = ['terminal', step, ...place, id ?? randomToken(randomBytes)];
  const digest = createHash('sha256').update(JSON.stringify(identity)).digest('hex');
  return { requestId: requestId.parse(digest), step };
}
