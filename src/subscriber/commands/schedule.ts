import { CHAT_MESSAGES_CREATE } from '../../lib/authorization/scopes.ts';
import { plainLine } from '../../lib/chat/markup.ts';
import { requestId } from '../../lib/names.ts';
import { findZone } from '../../lib/times/find-zone.ts';
import { isRefusal } from '../private-replies.ts';
import type { AnyContext, PersonCommand, PressContext } from './command.ts';
import { listCard, noteCard, planCard } from './schedule-cards.ts';
import { readPlan, zoneOf } from './schedule-plan.ts';

/** Posts something at a later hour. Alone, it lists what is to come; `schedule zone` keeps the person's time zone. */
export const schedule: PersonCommand = {
  name: 'schedule',
  summary: (words) => words.schedule.summary,
  example: (words) => words.schedule.example,
  takes: 'argument',
  as: 'user',
  scopes: [CHAT_MESSAGES_CREATE],
  refusals: (words) => words.schedule.refused,

  async prepare(context) {
    if (context.planned !== undefined) return 'go on';
    const { plain } = context.request;
    if (plain === '') {
      await context.reply({ card: await listCard(context) });
      return 'enough';
    }
    const zone = /^zone(?:\s+(?<name>.+))?$/is.exec(plain)?.groups?.['name'];
    const plan = zone === undefined ? await readPlan(context) : await keepZone(context, zone);
    if (typeof plan !== 'string') return 'go on';
    await context.reply({ text: plan });
    return 'enough';
  },

  async plan(context) {
    const plan = await readPlan(context);
    if (typeof plan === 'string') return undefined;
    await context.reply({ card: planCard(context, plan, await zoneOf(context)) });
    return plan;
  },

  async run({ request, planned, chat, step, signal }) {
    const message = { text: planned?.text ?? '', thread: request.thread };
    await chat.createMessage(request.space.name, message, step('post'), signal);
  },

  async press(context) {
    const { press, app, agenda, signal, reply } = context;
    const id = requestId.safeParse(press.parameters['id']);
    const isCancelled = id.success && (await agenda.cancel(id.data));
    const card = await cardAfter(context, isCancelled);
    try {
      await app.patchMessage(press.card, { card }, signal);
    } catch (error) {
      // The card was deleted in the meantime. What it was pressed for is done all the same.
      if (!isRefusal(error)) throw error;
      await reply({ card });
    }
  },
};

/** @returns what the person is told */
async function keepZone({ request, timeZones }: AnyContext, name: string): Promise<string> {
  const words = request.language.words.schedule;
  const zone = findZone(name);
  if (zone === undefined) return words.zoneUnknown(plainLine(name).slice(0, 60).toWellFormed());
  await timeZones.keep(zone);
  return words.zoneKept(zone);
}

async function cardAfter(context: PressContext, isCancelled: boolean) {
  const { request, press } = context;
  const { cancelled, tooLate } = request.language.words.schedule;
  const { text = '', from } = press.parameters;
  const note = isCancelled ? [cancelled, text] : [tooLate];
  return from === 'list' ? await listCard(context, note) : noteCard(note);
}
