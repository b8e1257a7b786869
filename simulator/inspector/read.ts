import type { Journal } from '../journal/journal.ts';
import type { World } from '../world.ts';
import { type Group, groupEntries } from './groups.ts';
import { rowOf } from './rows.ts';
import { timelineOf } from './timeline.ts';
import type { InspectorView, Names } from './view.ts';

/** How many rows the page shows. */
const ROWS = 200;

/** @param key of what was chosen; empty for the newest that is some of the app’s business */
export function inspect(journal: Journal, world: World, key: string): InspectorView {
  const names = namesIn(world);
  const groups = groupEntries(journal.entries());
  const chosen = key === '' ? newest(groups) : groups.find((group) => group.key === key);
  return {
    rows: groups
      .slice(-ROWS)
      .map((group) => rowOf(group, names))
      .reverse(),
    timeline: chosen === undefined ? null : timelineOf(chosen, names),
  };
}

function newest(groups: readonly Group[]): Group | undefined {
  const asked = groups.findLast(({ entries }) =>
    entries.some(({ requestId }) => requestId !== undefined),
  );
  return asked ?? groups.at(-1);
}

function namesIn(world: World): Names {
  const { people, app, otherApp } = world;
  const users = [...people, app, otherApp];
  return {
    app: app.displayName,
    person: (name) => {
      if (name === undefined) return '';
      return users.find(({ id }) => `users/${id}` === name)?.displayName ?? 'somebody';
    },
    space: (name) => {
      const resource = name === undefined ? undefined : world.space(name)?.resource;
      if (resource?.spaceType === 'DIRECT_MESSAGE') return 'a direct message';
      return resource?.displayName ?? 'another space';
    },
  };
}
