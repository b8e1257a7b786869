import { z } from 'zod';
import type { ButtonParameters } from './chat.ts';

/** The buttons of a message, as Chat answers it. Whatever is not what it should be counts as no button. */

const list = <T extends z.ZodType>(item: T) => z.array(item.optional().catch(undefined)).catch([]);

const button = z.object({
  onClick: z.object({
    action: z.object({ parameters: list(z.object({ key: z.string(), value: z.string() })) }),
  }),
});
const widget = z.object({ buttonList: z.object({ buttons: list(button) }) });
const section = z.object({ widgets: list(widget) });
const cardWithId = z.object({ card: z.object({ sections: list(section) }) });

/** Of `spaces.messages.get`: the parameters of each button on its cards, from top to bottom. */
export const buttonsOfMessage = z.object({ cardsV2: list(cardWithId) }).transform(({ cardsV2 }) =>
  cardsV2
    .flatMap((one) => one?.card.sections ?? [])
    .flatMap((one) => one?.widgets ?? [])
    .flatMap((one) => one?.buttonList.buttons ?? [])
    .flatMap((one) => (one === undefined ? [] : [parametersOf(one)])),
);

function parametersOf({ onClick }: z.infer<typeof button>): ButtonParameters {
  const pairs = onClick.action.parameters.filter((pair) => pair !== undefined);
  return Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
}
