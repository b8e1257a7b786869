import type { SimulatedMessage, SimulatedSpace, World } from '../world.ts';

/** Where every question for a consent leads. */
const CONSENT_PATH = '/o/oauth2/v2/auth?';

/** A message that came through the app, and where: one of its own, or one that it posted for a person. */
export type Said = SimulatedMessage & { space: SimulatedSpace };

/** @param begun only what was posted or changed since then: milliseconds since the epoch */
export function saidSince(world: World, begun: number): Said[] {
  return world.spaces().flatMap((space) =>
    world
      .messages(space.resource.name ?? '')
      .filter((message) => message.via !== undefined && isSince(message, begun))
      .map((message) => ({ ...message, space })),
  );
}

/** Posted in a person's name. */
export function isPost({ resource }: Said): boolean {
  return resource.sender?.type === 'HUMAN';
}

/** Whether it began a thread of its own. */
export function isOpening({ resource }: Said): boolean {
  return resource.threadReply !== true;
}

/** A card with a link to the consent page. */
export function isQuestion({ resource }: SimulatedMessage): boolean {
  return JSON.stringify(resource.cardsV2 ?? []).includes(CONSENT_PATH);
}

/** Whether it was posted or changed at that time or later; milliseconds since the epoch. */
export function isSince({ resource }: SimulatedMessage, at: number): boolean {
  return Date.parse(resource.lastUpdateTime ?? resource.createTime ?? '') >= at;
}

/** The same for two messages that tell the same person the same. Links differ by their tickets, so only their addresses count. */
export function gistOf({ resource, seenBy }: SimulatedMessage): string {
  const { sender, text, cardsV2 } = resource;
  const cards = JSON.stringify(cardsV2 ?? [], (key, value: unknown) =>
    key === 'url' && typeof value === 'string' ? value.split('?')[0] : value,
  );
  return JSON.stringify([sender?.name, seenBy, text, cards]);
}
