import type { Chat } from '../lib/chat/chat.ts';
import type { Clock } from '../lib/clock.ts';
import type { Store } from '../lib/store/store.ts';
import type { Log } from '../lib/telemetry/log.ts';
import { type AgendaDeps, agendaOf } from './agenda.ts';
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
  store: AgendaDeps['store'] & Pick<Store, 'people'>;
  sealer: AgendaDeps['sealer'];
  clock: Clock;
  log: Log;
}

/** What a command is given to work with, for one attempt. */
export function contextOf(
  deps: CommandContextDeps,
  attempt: Attempt,
  request: Request,
  { name }: Command,
): CommandContext {
  const { userAuth, chat, replies, topic, clock, store } = deps;
  const { signal, status, interaction, consented, planned } = attempt;
  const user = request.person.name;
  return {
    request,
    askedAt: interaction.eventTime ?? clock(),
    signal,
    app: chat.asApp,
    withStatus: status.follow,
    connection: connectionOf(userAuth, attempt),
    consented,
    planned,
    now: clock,
    agenda: agendaOf(deps, user),
    timeZones: {
      kept: () => store.people.timeZone(user),
      keep: (timeZone) => store.people.keepTimeZone(user, timeZone),
    },
    step: (step) => ({ requestId: request.id, step }),
    button: (content) => commandButton({ command: name, topic }, content),
    members: () => chat.asApp.listMembers(request.space.name, signal),
    async reply(content) {
      await replies.send(request, content, 'answer', signal);
    },
    replyForCard: (content) => replies.send(request, content, 'prompt', signal),
  };
}

function connectionOf(userAuth: UserAuth, { grant, interaction, signal }: Attempt): Connection {
  if (userAuth.kind === 'delegation') return { by: 'delegation' };
  const disconnect = () => userAuth.disconnect(interaction.person.name, signal);
  return { by: 'consent', grant, disconnect };
}
