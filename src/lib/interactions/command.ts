import type { Interaction } from './interaction.ts';
import { type Dismissed, ignored, unreadable, type WireEvent } from './wire.ts';

export type Command = Extract<Interaction, { kind: 'command' }>['command'];

const TYPES: ReadonlyMap<string | undefined, Command['type']> = new Map([
  ['SLASH_COMMAND', 'slash'],
  ['QUICK_COMMAND', 'quick'],
  ['MESSAGE_ACTION', 'message-action'],
]);

/**
 * Which command was given; undefined when none was. Chat tells a slash command in three ways: a message event whose message
 * has a `slashCommand`, a command event, or one with the metadata of the other (chat-platform.md, section 1).
 */
export function commandOf({
  trigger,
  command,
  message,
}: WireEvent): Command | Dismissed | undefined {
  if (trigger === 'click' || trigger === 'removed') return undefined;
  const slash = message?.slashCommand;
  if (trigger !== 'command' && command === undefined && slash === undefined) return undefined;
  const type = TYPES.get(command?.appCommandType) ?? (slash === undefined ? undefined : 'slash');
  if (type === undefined) return ignored('unknown-type');
  const id = command?.appCommandId ?? slash?.commandId;
  return id === undefined ? unreadable('not-an-event') : { id, type };
}
