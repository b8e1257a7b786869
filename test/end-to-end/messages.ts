import type { SimulatedMessage } from '../../simulator/world.ts';

/** Posted by Postern as a person. */
export function isPost({ via, resource }: SimulatedMessage): boolean {
  return via !== undefined && resource.sender?.type === 'HUMAN';
}

/** Shown to one person only. */
export function isPrivate({ resource }: SimulatedMessage): boolean {
  return resource.privateMessageViewer !== undefined;
}

/** The link of a card that asks for consent. */
export function consentLink({ resource }: SimulatedMessage): string | undefined {
  const widgets = (resource.cardsV2 ?? []).flatMap(({ card }) =>
    (card?.sections ?? []).flatMap((section) => section.widgets ?? []),
  );
  const buttons = widgets.flatMap(({ buttonList }) => buttonList?.buttons ?? []);
  return buttons
    .map(({ onClick }) => onClick?.openLink?.url ?? undefined)
    .find((url) => url !== undefined);
}

export function hasLink(message: SimulatedMessage): boolean {
  return consentLink(message) !== undefined;
}

export function cardText({ resource }: SimulatedMessage): string {
  return JSON.stringify(resource.cardsV2 ?? []);
}
