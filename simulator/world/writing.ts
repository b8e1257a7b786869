import type { Happening } from '../events/happening.ts';
import type { SimulatedPerson } from '../world.ts';
import type { Content } from './book.ts';
import { messageHappening, type Workshop } from './deliver.ts';
import { createEntrance, ImpossibleAction } from './entrance.ts';
import { commandIn, type Part, render, typedParts } from './markup.ts';
import type { Membership } from './membership.ts';
import { appAsUser, type ChatUser } from './people.ts';
import { hasThread, type StoredMessage, type StoredSpace } from './state.ts';
import type { Moment } from './ticker.ts';

export interface Writing {
  write(author: string, space: string, text: string, thread?: string): Promise<StoredMessage>;
}

/** What somebody typed, understood. */
interface Typed {
  content: Content;
  /** The slash command that it is. */
  commandId?: number;
  /** The apps that its mentions bring into the space. */
  newcomers: readonly string[];
}

export function createWriting(workshop: Workshop, { returnTo }: Membership): Writing {
  const { book, cast, deliver } = workshop;
  const { enter } = createEntrance(workshop);
  const app = appAsUser(cast.app);

  return {
    async write(author, spaceName, text, thread) {
      const { space, user } = enter(author, spaceName);
      if (text.trim() === '') throw new ImpossibleAction('There is nothing to send');
      if (thread !== undefined && !hasThread(space, thread)) {
        throw new ImpossibleAction(`There is no thread ${thread}`);
      }
      const person = cast.person(author);
      if (person !== undefined) await returnTo(space, person);

      const typed = understand(space, user, text);
      const now = book.now();
      space.members.push(...typed.newcomers);
      const message = book.append(space, {
        now,
        sender: user,
        content: typed.content,
        thread,
        seenBy: typed.commandId === undefined ? undefined : author,
      });
      book.changed();
      const happening = person && happeningOf(person, space, message, typed, now);
      if (happening) await deliver(happening);
      return message;
    },
  };

  function understand(space: StoredSpace, user: ChatUser, text: string): Typed {
    const mentionable = mentionableIn(space);
    // Only people have slash commands, and only where the app is.
    const mayCommand = user.type === 'HUMAN' && space.members.includes(app.name);
    const command = mayCommand ? commandIn(text, cast.slashCommands) : undefined;
    if (command === undefined) {
      const parts = typedParts(text, mentionable);
      const newcomers = newcomersIn(space, parts);
      return { content: render(parts.map((part) => asAdding(part, newcomers))), newcomers };
    }
    const rest = typedParts(text.slice(`/${command.name}`.length), mentionable);
    return {
      content: {
        ...render([{ kind: 'command', command, app }, ...rest]),
        slashCommand: { commandId: String(command.id) },
      },
      commandId: command.id,
      newcomers: [],
    };
  }

  /** Members; in a room everybody: a mention adds an app, and leaves a person where they are. */
  function mentionableIn(space: StoredSpace): ChatUser[] {
    const isRoom = space.resource.spaceType === 'SPACE';
    return cast.users.filter(({ name }) => isRoom || space.members.includes(name));
  }

  function happeningOf(
    person: SimulatedPerson,
    space: StoredSpace,
    message: StoredMessage,
    { commandId, newcomers }: Typed,
    now: Moment,
  ): Happening | undefined {
    if (commandId !== undefined) {
      return { kind: 'slash-command', person, space, message, commandId, now };
    }
    if (newcomers.includes(app.name)) return { kind: 'added', person, space, message, now };
    return messageHappening(workshop, space, message, now);
  }
}

function newcomersIn(space: StoredSpace, parts: readonly Part[]): string[] {
  const mentioned = parts.flatMap((part) =>
    part.kind === 'mention' && part.user.type === 'BOT' ? [part.user.name] : [],
  );
  return [...new Set(mentioned)].filter((name) => !space.members.includes(name));
}

function asAdding(part: Part, newcomers: readonly string[]): Part {
  const adds = part.kind === 'mention' && newcomers.includes(part.user.name);
  return adds ? { ...part, type: 'ADD' } : part;
}
