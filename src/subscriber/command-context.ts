import type { Chat } from '../lib/chat/chat.ts';
import type { Clock } from '../lib/clock.ts';
import type { Attempt } from './attempt.ts';
import { commandButton } from './command-button.ts';
import type { Command, CommandContext, Connection, Request } from './commands/command.ts';
import type { PrivateReplies } from './private-replies.ts';
import type { UserAuth } from './user-auth.ts';

export interface CommandContextDeps {
  chat: Chat;
  userAuth: UserAuth;
  replies: PrivateReplies;
  /** The full name of the topic that events come from. */
  topic: string;
  clock: Clock;
}

/** What a command is given to work with, for one attempt. */
export function contextOf(
  { userAuth, chat, replies, topic, clock }: CommandContextDeps,
  attempt: Attempt,
  request: Request,
  { name }: Command,
): CommandContext {
  const { signal, status, interaction } = attempt;
  return {
    request,
    askedAt: interaction.eventTime ?? clock(),
    signal,
    app: chat.asApp,
    withStatus: status.follow,
    connection: connectionOf(userAuth, attempt),
    step: (step) => ({ requestId: request.id, step }),
    button: (content) => commandButton({ command: name, topic }, content),
    members: () => chat.asApp.listMembers(request.space.name, signal),
    async reply(content) {
      await replies.send(request, content, 'answer', signal);
    },
  };
}

function connectionOf(userAuth: UserAuth, { grant, interaction, signal }: Attempt): Connection {
  if (userAuth.kind === 'delegation') return { by: 'delegation' };
  const disconnect = () => userAuth.disconnect(interaction.person.name, signal);
  return { by: 'consent', grant, disconnect };
}
