import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { worldOf } from '../../../simulator/simulate/event-world.ts';
import { interactionOf, readRecordedEvent } from '../../../simulator/simulate/recorded-event.ts';

const folder = join(process.env['POSTERN_SHARED'] ?? '../shared', 'google/events');

describe('an event as others published it', () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    it(`has a world of its own: ${name}`, () => {
      const event = readRecordedEvent(join(folder, name));
      const world = worldOf(event, '2026-11-21T12:00:00.000000Z');
      const interaction = interactionOf(event);
      if (interaction === undefined) return;
      assert.equal(world.space?.resource.name, interaction.space.name);
      assert.equal(`users/${world.person?.id}`, interaction.person.name);
      assert.ok(world.space.members.includes(interaction.person.name));
    });
  }
});
