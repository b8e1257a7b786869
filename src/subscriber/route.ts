import { neutralizeMarkup } from '../lib/chat/markup.ts';
import type { Interaction, WrittenMessage } from '../lib/interactions/interaction.ts';
import { languageFor } from '../lib/words/language.ts';
import { COMMAND_PARAMETER } from './command-button.ts';
import type { Command, Press, Request } from './commands/command.ts';
import type { Registry } from './commands/registry.ts';

type Click = Extract<Interaction, { kind: 'click' }>;

/** What an interaction asks for. */
export type Route =
  | { to: 'command'; command: Command }
  /** A slash or quick command that the configuration doesn't map to one of ours. */
  | { to: 'unknown-command' }
  /** The app was added; after the welcome, what was written with it is answered. */
  | { to: 'welcome'; next: Command | undefined }
  | { to: 'clean-up' }
  /** A button of a command's card. */
  | { to: 'press'; command: Command; press: Press }
  /** A click on something that none of our cards has. */
  | { to: 'nothing' };

/**
 * @param commandIds the names behind the ids of slash and quick commands
 */
export function route(
  interaction: Interaction,
  registry: Registry,
  commandIds: ReadonlyMap<number, string>,
): Route {
  switch (interaction.kind) {
    case 'message':
      return { to: 'command', command: byWords(interaction.message, registry) };
    case 'command': {
      const name = commandIds.get(interaction.command.id);
      const command = name === undefined ? undefined : byName(name, interaction.message, registry);
      if (command === undefined) return { to: 'unknown-command' };
      return { to: 'command', command: needsWords(command, interaction.message, registry) };
    }
    case 'added':
      return { to: 'welcome', next: afterWelcome(interaction.message, registry) };
    case 'removed':
      return { to: 'clean-up' };
    case 'click':
      return pressed(interaction, registry);
  }
}

function pressed({ card, parameters, space }: Click, registry: Registry): Route {
  const { [COMMAND_PARAMETER]: name = '', ...own } = parameters;
  const command = registry.find(name);
  if (card === undefined || command?.press === undefined) return { to: 'nothing' };
  // Nothing signs an event: a made-up click shall reach no message of another space.
  if (!card.startsWith(`${space.name}/messages/`)) return { to: 'nothing' };
  return { to: 'press', command, press: { card, parameters: own } };
}

function byWords(message: WrittenMessage, registry: Registry): Command {
  const [first = ''] = message.argument.split(/\s/, 1);
  const leading = registry.find(first);
  return (
    registry.find(message.argument) ??
    (leading?.takes === 'argument' ? leading : needsWords(registry.fallback, message, registry))
  );
}

/** `/add` with the word `app` is the command `add app`, as it is in words. */
function byName(name: string, message: WrittenMessage | undefined, registry: Registry) {
  return registry.find(`${name} ${message?.argument ?? ''}`.trimEnd()) ?? registry.find(name);
}

/** There is nothing to post without words. */
function needsWords(
  command: Command,
  message: WrittenMessage | undefined,
  registry: Registry,
): Command {
  const hasWords = message !== undefined && message.markup !== '';
  return command === registry.fallback && !hasWords ? registry.help : command;
}

/** The welcome is answer enough to a bare mention. */
function afterWelcome(message: WrittenMessage | undefined, registry: Registry) {
  if (message === undefined || message.argument === '') return undefined;
  return byWords(message, registry);
}

/**
 * What commands see of an interaction.
 *
 * @param command the one that it asks for, if any
 */
export function toRequest(interaction: Interaction, command?: Command): Request {
  const { requestId, person, space, locale, timeZone } = interaction;
  const message = 'message' in interaction ? interaction.message : undefined;
  return {
    id: requestId,
    person,
    space,
    thread: interaction.kind === 'click' ? interaction.thread : message?.thread,
    ...wordsFor(command, interaction, message),
    mentions: message?.mentions ?? [],
    language: languageFor(locale),
    timeZone,
  };
}

function wordsFor(
  command: Command | undefined,
  { kind }: Interaction,
  message: WrittenMessage | undefined,
): Pick<Request, 'argument' | 'plain' | 'markup'> {
  const { argument: plain = '', words = plain, markup = '' } = message ?? {};
  if (command?.takes !== 'argument') return { argument: '', plain, markup };
  // A slash command has lost its name already.
  if (kind === 'command') return { argument: words, plain, markup };
  const rest = withoutName(plain, command) ?? '';
  return {
    argument: withoutName(words, command) ?? '',
    plain: rest,
    // The name itself may be formatted, or be in the midst of something that is: then there is no telling what is left.
    markup: withoutName(markup, command) ?? neutralizeMarkup(rest),
  };
}

/** Undefined when the text doesn't begin with it. */
function withoutName(text: string, { name }: Command): string | undefined {
  const isLed = text.slice(0, name.length).toLowerCase() === name;
  return isLed ? text.slice(name.length).trimStart() : undefined;
}
