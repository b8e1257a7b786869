import { clickOf } from './click.ts';
import type { Command } from './command.ts';
import type { Interaction } from './interaction.ts';
import type { WireEvent, WireMessage } from './wire.ts';
import { writtenMessage } from './written-message.ts';

type Without<T, Keys extends PropertyKey> = T extends unknown ? Omit<T, Keys> : never;

/** An interaction whose identity is still to be found. */
export type Unidentified = Without<Interaction, 'requestId'>;

/** What was done: the part of an interaction that depends on its kind. */
export type Deed = Without<
  Unidentified,
  'dialect' | 'person' | 'space' | 'eventTime' | 'locale' | 'timeZone' | 'planned'
>;

/**
 * @param written the event's message, if it is the person's own
 * @returns undefined for a message event without its message
 */
export function deedOf(
  event: WireEvent,
  command: Command | undefined,
  written: WireMessage | undefined,
): Deed | undefined {
  const message = written && writtenMessage(written, event.thread, command !== undefined);
  const withMessage = message === undefined ? {} : { message };
  if (command !== undefined) return { kind: 'command', command, ...withMessage };
  switch (event.trigger) {
    case 'added':
      return { kind: 'added', ...withMessage };
    case 'removed':
      return { kind: 'removed' };
    case 'click':
      return { kind: 'click', ...clickOf(event) };
    case 'message':
    case 'command':
      return message && { kind: 'message', message };
  }
}
