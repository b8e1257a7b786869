import { paragraph } from '../../lib/chat/cards.ts';
import type { Card } from '../../lib/chat/chat.ts';
import { plainLine } from '../../lib/chat/markup.ts';
import type { Space } from '../../lib/interactions/interaction.ts';
import type { RequestId } from '../../lib/names.ts';
import { timeOf } from '../../lib/words/language.ts';
import { excerpt } from '../excerpt.ts';
import type { AnyContext, Planned, Request, Upcoming } from './command.ts';
import { zoneOf } from './schedule-plan.ts';

/** How many fit into a card, with a button each. */
const MAX_LISTED = 20;

/** Longer names of spaces are cut. In UTF-16 units. */
const MAX_NAME = 60;

/** What was scheduled just now. */
export function planCard(
  { request, button }: AnyContext,
  { at, text }: Planned,
  timeZone: string | undefined,
): Card {
  const { planned } = request.language.words.schedule;
  const shown = excerpt(text, request.mentions);
  const when = planned.when(timeOf(request.language, at, timeZone));
  const cancel = cancelButton({ request, button }, { id: request.id, text: shown, from: 'plan' });
  return {
    header: { title: planned.title },
    sections: [{ widgets: [paragraph(when), paragraph(shown), cancel] }],
  };
}

/**
 * What the person has scheduled, in all spaces.
 *
 * @param note paragraphs on top
 */
export async function listCard(context: AnyContext, note: readonly string[] = []): Promise<Card> {
  const { request, agenda } = context;
  const words = request.language.words.schedule.list;
  const timeZone = await zoneOf(context);
  const all = await agenda.list();
  const more = all.length - MAX_LISTED;
  const last = all.length === 0 ? [words.none] : more > 0 ? [words.more(more)] : [];
  const plans = all.slice(0, MAX_LISTED).map((plan) => planWidgets(context, plan, timeZone));
  return {
    header: { title: words.title },
    sections: [note.map(paragraph), ...plans, last.map(paragraph)]
      .filter((widgets) => widgets.length > 0)
      .map((widgets) => ({ widgets })),
  };
}

/** A card that takes another's place. */
export function noteCard(paragraphs: readonly string[]): Card {
  return { sections: [{ widgets: paragraphs.map(paragraph) }] };
}

function planWidgets(
  { request, button }: AnyContext,
  { id, at, text, mentions, space }: Upcoming,
  timeZone: string | undefined,
) {
  const { where } = request.language.words.schedule.list;
  const shown = excerpt(text, mentions);
  const time = timeOf(request.language, at, timeZone);
  return [
    paragraph(where(time, nameOf(space, request))),
    paragraph(shown),
    cancelButton({ request, button }, { id, text: shown, from: 'list' }),
  ];
}

/** It brings back what was shown: once cancelled, nothing else of it is left. */
function cancelButton(
  { request, button }: Pick<AnyContext, 'request' | 'button'>,
  parameters: { id: RequestId; text: string; from: 'plan' | 'list' },
) {
  const { cancel } = request.language.words.schedule;
  return { buttonList: { buttons: [button({ text: cancel, parameters })] } };
}

function nameOf({ kind, displayName = '' }: Space, { language }: Request): string {
  const { dm, otherSpace } = language.words.schedule.list;
  if (kind === 'dm') return dm;
  return plainLine(displayName).slice(0, MAX_NAME).toWellFormed() || otherSpace;
}
