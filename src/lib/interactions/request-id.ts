import { createHash } from 'node:crypto';
import { type RequestId, requestId } from '../names.ts';
import type { Unidentified } from './deed.ts';
import type { WireEvent } from './wire.ts';

/**
 * The identity of a request, from what happened, not from how it was delivered: a redelivery, a second publish and the event
 * that Chat sends again after `configCompleteRedirectUrl` all give the same one.
 *
 * Only an event that tells neither a message nor a time is known by its Pub/Sub message, which catches redeliveries and no
 * more.
 */
export function requestIdOf(
  interaction: Unidentified,
  event: WireEvent,
  pubSubId: string,
): RequestId {
  return sha256(identity(interaction, event) ?? ['pubsub', pubSubId]);
}

function identity(interaction: Unidentified, event: WireEvent): unknown[] | undefined {
  const written = 'message' in interaction ? interaction.message?.name : undefined;
  // The dialects disagree on what a slash command and an addition by mention are, but not on their message.
  if (written !== undefined) return ['message', written];
  const { kind, space, person } = interaction;
  const target = kind === 'click' || kind === 'command' ? event.message?.name : undefined;
  if (target === undefined && event.eventTime === undefined) return undefined;
  return [kind, space.name, person.name, event.eventTime, target, ...details(interaction, event)];
}

function details(interaction: Unidentified, { message }: WireEvent): unknown[] {
  if (interaction.kind === 'command') return [interaction.command.id];
  if (interaction.kind !== 'click') return [];
  const { action, parameters } = interaction;
  // A card that was changed in place is another card to click on.
  const changed = message?.lastUpdateTime ?? message?.createTime;
  return [changed, action, Object.entries(parameters).toSorted(byKey)];
}

const byKey = ([one]: [string, string], [other]: [string, string]): number =>
  one < other ? -1 : Number(one > other);

/** An identity from its parts: as JSON, which keeps them apart whatever they hold. */
export function sha256(parts: readonly unknown[]): RequestId {
  return requestId.parse(createHash('sha256').update(JSON.stringify(parts)).digest('hex'));
}
