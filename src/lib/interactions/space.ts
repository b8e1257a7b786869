import type { Space } from './interaction.ts';
import type { WireEvent, WireSpace } from './wire.ts';

/**
 * Where it happened. The first that has a name counts; where the event tells of the same space again, what it says there
 * completes it (the add-on dialect's payload may hold no more than the name).
 */
export function spaceOf(spaces: WireEvent['spaces']): Space | undefined {
  const told = spaces.filter((space) => space !== undefined);
  const name = told.find((space) => space.name !== undefined)?.name;
  if (name === undefined) return undefined;
  const same = told.filter((space) => space.name === name);
  const displayName = same.find((space) => space.displayName !== undefined)?.displayName;
  return { name, kind: kindOf(same), ...(displayName === undefined ? {} : { displayName }) };
}

/** `type` is deprecated, but still the only one at times (chat-platform.md, section 1). */
function kindOf(same: readonly WireSpace[]): Space['kind'] {
  if (same.some(isDirectMessage)) return 'dm';
  return same.some((space) => space.spaceType === 'GROUP_CHAT') ? 'group' : 'room';
}

const isDirectMessage = (space: WireSpace): boolean =>
  space.singleUserBotDm || space.spaceType === 'DIRECT_MESSAGE' || space.type === 'DM';
