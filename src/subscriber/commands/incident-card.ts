import { paragraph } from '../../lib/chat/cards.ts';
import type { ButtonParameters, Card } from '../../lib/chat/chat.ts';
import { type Language, languageFor, momentOf } from '../../lib/words/language.ts';
import type { CommandContext } from './command.ts';
import {
  type Entry,
  type Incident,
  MOVES,
  parseIncident,
  serializeIncident,
  statusOf,
} from './incident-state.ts';

/** The parameter of its buttons that has the whole incident. */
const STATE = 'incident';

/** What everybody in an incident's room sees of it. */
export function incidentCard(incident: Incident, button: CommandContext['button']): Card {
  const language = languageFor(incident.locale);
  const words = language.words.incident;
  const status = statusOf(incident);
  const state = serializeIncident(incident);
  const buttons = MOVES.map((to) =>
    button({
      text: words.status[to],
      parameters: { to, [STATE]: state },
      disabled: to === status,
    }),
  );
  return {
    header: { title: incident.title },
    sections: [
      {
        widgets: [
          { decoratedText: { topLabel: words.statusLabel, text: words.status[status] } },
          { buttonList: { buttons } },
        ],
      },
      {
        header: words.history,
        widgets: incident.entries.map((entry) => paragraph(lineOf(entry, incident, language))),
      },
    ],
  };
}

function lineOf(
  { status, by, at }: Entry,
  { entries: [opened], timeZone }: Incident,
  language: Language,
): string {
  const words = language.words.incident;
  const time = momentOf(language, at, { timeZone, today: opened.at });
  return words.entry[status](by === '' ? words.somebody : by, time);
}

/** The incident whose card has these buttons, if it is one's. */
export function incidentOn(buttons: readonly ButtonParameters[]): Incident | undefined {
  return buttons
    .map(({ [STATE]: state }) => (state === undefined ? undefined : parseIncident(state)))
    .find((incident) => incident !== undefined);
}
