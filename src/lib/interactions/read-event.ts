import { OWN_MESSAGE_PREFIX } from '../chat/idempotency.ts';
import { type Command, commandOf } from './command.ts';
import { deedOf, type Unidentified } from './deed.ts';
import type { ParsedEvent, Person } from './interaction.ts';
import { localeOf } from './locale.ts';
import { isAppMention } from './mentions.ts';
import { requestIdOf } from './request-id.ts';
import { spaceOf } from './space.ts';
import { ignored, unreadable, type WireEvent, type WireMessage } from './wire.ts';

/** What a well-formed event means: an interaction and the person behind it, or why there is none. */
export function readEvent(event: WireEvent, pubSubId: string): ParsedEvent {
  const command = commandOf(event);
  if (command !== undefined && 'outcome' in command) return command;
  const written = isWrittenByThePerson(event, command) ? event.message : undefined;

  // A bot's words must never be posted as a person, whoever is named as the user.
  if (event.user?.type === 'BOT' || written?.sender?.type === 'BOT') return ignored('bot');
  if (written !== undefined && isOurs(written)) return ignored('own-message');

  const person = personOf(event);
  if (person === undefined) return unreadable('no-user');
  const space = spaceOf(event.spaces);
  if (space === undefined) return unreadable('no-space');

  const deed = deedOf(event, command, written);
  if (deed === undefined) return unreadable('not-an-event');
  if (deed.kind === 'message' && space.kind !== 'dm' && isLinkPreview(event)) {
    return ignored('link-preview');
  }
  const interaction: Unidentified = {
    dialect: event.dialect,
    person,
    space,
    ...(event.eventTime === undefined ? {} : { eventTime: Date.parse(event.eventTime) }),
    ...localeOf(event.common),
    ...deed,
  };
  const requestId = requestIdOf(interaction, event, pubSubId);
  return { outcome: 'interaction', interaction: { ...interaction, requestId } };
}

/** Not so the card that was clicked, nor what a message action points at. */
function isWrittenByThePerson({ trigger }: WireEvent, command: Command | undefined): boolean {
  if (command !== undefined) return command.type === 'slash';
  return trigger === 'message' || trigger === 'added';
}

/** Posted as a person: it comes from a person, and nothing but its id tells that it was us. */
function isOurs(message: WireMessage): boolean {
  return (
    message.clientAssignedMessageId?.startsWith(OWN_MESSAGE_PREFIX) === true ||
    message.name?.includes(`/messages/${OWN_MESSAGE_PREFIX}`) === true
  );
}

/** The user; the sender stands in for plain messages only, since a card's is the app, and a message action's anybody. */
function personOf({ trigger, user, message }: WireEvent): Person | undefined {
  const actor = user?.name === undefined && trigger === 'message' ? message?.sender : user;
  if (actor?.name === undefined) return undefined;
  const { name, displayName, email } = actor;
  return {
    name,
    ...(displayName === undefined ? {} : { displayName }),
    ...(email === undefined ? {} : { email }),
  };
}

/** Chat asks for a preview of a link that somebody posted: to everybody, not to the app (chat-platform.md, section 1). */
function isLinkPreview({ message }: WireEvent): boolean {
  return message?.matchedUrl !== undefined && !message.annotations.some(isAppMention);
}
