import { z } from 'zod';
import { CHAT_MEMBERSHIPS_APP, CHAT_SPACES_CREATE } from '../../lib/authorization/scopes.ts';
import { plainLine } from '../../lib/chat/markup.ts';
import type { SpaceName } from '../../lib/names.ts';
import { plainName } from '../people.ts';
import { isRefusal } from '../private-replies.ts';
import type { PersonCommand, PersonContext, PressContext } from './command.ts';
import { incidentCard, incidentOn } from './incident-card.ts';
import { type Entry, type Incident, MOVES, withEntry } from './incident-state.ts';
import { nameIn, namingObjection, othersIn } from './named-space.ts';

/**
 * Opens a room for an incident: the person makes it and brings the app along, which keeps a card there that everybody in the
 * room can change. All that is known of the incident is on the card.
 */
export const incident: PersonCommand = {
  name: 'incident',
  summary: (words) => words.incident.summary,
  example: (words) => words.incident.example,
  takes: 'argument',
  as: 'user',
  scopes: [CHAT_SPACES_CREATE, CHAT_MEMBERSHIPS_APP],
  refusals: (words) => words.incident.refused,
  objection: (request) => namingObjection(request, request.language.words.incident.usage),
  async run(context) {
    const { request, chat, step, signal } = context;
    const words = request.language.words.incident;
    const displayName = nameIn(request);
    await context.withStatus(words.creating, async (tell) => {
      const people = othersIn(request);
      const room = await chat.setUpSpace({ displayName, people }, step('room'), signal);
      tell(words.joining);
      const said = (await joinAndPost(context, room.name, displayName)) ? words.made : words.alone;
      return { text: said(plainLine(displayName), room.address.href) };
    });
  },
  async press(context) {
    const { press, request } = context;
    const move = MOVE.safeParse(press.parameters['to']).data;
    if (move === undefined || (await record(context, entryOf(context, move)))) return;
    await context.reply({ text: request.language.words.incident.gone });
  },
};

const MOVE = z.enum(MOVES);

/** @returns false when Chat keeps the app out. The room stands all the same */
async function joinAndPost(
  context: PersonContext,
  room: SpaceName,
  displayName: string,
): Promise<boolean> {
  const { request, chat, app, button, step, signal } = context;
  const opened: Incident = {
    title: plainLine(displayName),
    locale: request.language.locale,
    timeZone: request.timeZone,
    entries: [entryOf(context, 'open')],
  };
  try {
    await chat.createMembership(room, 'app', signal);
    await app.createMessage(room, { card: incidentCard(opened, button) }, step('card'), signal);
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return false;
  }
}

type Asked = Pick<PersonContext, 'request' | 'askedAt'>;

function entryOf({ request, askedAt }: Asked, status: Entry['status']): Entry {
  const { id, person } = request;
  return { id: id.slice(0, 16), status, by: plainName(person.displayName), at: askedAt };
}

/** How often an entry is written that others, who pressed at the same moment, have written over. */
const MAX_ROUNDS = 3;

/**
 * Until the card shows it. Chat takes no condition with a patch: whoever reads and writes between our reading and our writing
 * loses our entry, or we lose theirs; so everybody looks again.
 *
 * @returns false when there is no card of an incident any more
 */
async function record(
  { app, press, button, signal }: PressContext,
  entry: Entry,
): Promise<boolean> {
  try {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const shown = incidentOn(await app.readButtons(press.card, signal));
      if (shown === undefined) return false;
      const changed = withEntry(shown, entry);
      if (changed === undefined) break;
      await app.patchMessage(press.card, { card: incidentCard(changed, button) }, signal);
    }
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return false;
  }
}
