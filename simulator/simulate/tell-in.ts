import type { Interaction } from '../../src/lib/interactions/interaction.ts';
import { addOnEvents } from '../events/add-on.ts';
import { classicEvents } from '../events/classic.ts';
import type { Dialect, Happening } from '../events/happening.ts';
import { createTicker } from '../world/ticker.ts';
import type { EventWorld } from './event-world.ts';
import { interactionOf, type RecordedEvent } from './recorded-event.ts';

/**
 * The same in another of Chat's formats: one event, or two. As it was recorded, where it is in that format already.
 *
 * @param topic its full path
 * @returns none where Chat tells nothing of the kind, or nobody could know what it was
 */
export function tellIn(
  dialect: Dialect | undefined,
  event: RecordedEvent,
  world: EventWorld,
  topic: string,
): readonly Buffer[] {
  if (dialect === undefined || dialect === event.dialect) return [event.data];
  const interaction = interactionOf(event);
  const happening = interaction && happeningOf(interaction, world, topic);
  if (happening === undefined) return [];
  const events = dialect === 'classic' ? classicEvents(happening) : addOnEvents(happening, topic);
  return events.map((one) => Buffer.from(JSON.stringify(one)));
}

function happeningOf(
  interaction: Interaction,
  { person, space, message }: EventWorld,
  topic: string,
): Happening | undefined {
  if (person === undefined || space === undefined) return undefined;
  const now = createTicker(() => interaction.eventTime ?? 0, 0)();
  const common = { person, space, now };
  switch (interaction.kind) {
    case 'removed':
      return { ...common, kind: 'removed' };
    case 'added':
      return { ...common, kind: 'added', ...(message === undefined ? {} : { message }) };
    case 'message':
      return message && { ...common, kind: 'message', message };
    case 'command': {
      const { id: commandId, type } = interaction.command;
      if (type === 'quick') return { ...common, kind: 'quick-command', commandId };
      return message && { ...common, kind: 'slash-command', commandId, message };
    }
    case 'click': {
      // An add-on's buttons name the topic, or Chat would tell it nothing.
      const action = { function: interaction.action ?? topic, parameters: interaction.parameters };
      return message && { ...common, kind: 'click', message, action };
    }
  }
}
