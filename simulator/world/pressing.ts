import type { World } from '../world.ts';
import { actionOf, buttonsOf, type PlacedButton } from './buttons.ts';
import type { Workshop } from './deliver.ts';
import { createEntrance, ImpossibleAction } from './entrance.ts';
import { userNameOf } from './people.ts';
import type { StoredMessage } from './state.ts';

/** What people do to the app without writing. */
export type Pressing = Pick<World, 'press' | 'runQuickCommand'>;

export function createPressing(workshop: Workshop): Pressing {
  const { book, cast, deliver } = workshop;
  const { enterAsPerson } = createEntrance(workshop);
  const app = userNameOf(cast.app);

  return {
    async press(userName, messageName, label, nth) {
      const [spaceName = '', id = ''] = messageName.split('/messages/');
      const { space, person } = enterAsPerson(userName, spaceName);
      const message = book.message(spaceName, id);
      if (message === undefined || (message.seenBy ?? userName) !== userName) {
        throw new ImpossibleAction(`${userName} sees no message ${messageName}`);
      }
      const { button } = findButton(message, label, nth);
      if (button.disabled) throw new ImpossibleAction(`The button “${label}” is disabled`);
      if (button.onClick?.openLink) return {};
      const action = actionOf(button);
      if (action === undefined) throw new ImpossibleAction(`The button “${label}” does nothing`);
      // Another app's card is that app's business, and one that has left hears nothing.
      if (message.resource.sender.name !== app || !space.members.includes(app)) return {};
      const click = { kind: 'click', person, space, message, action, now: book.now() } as const;
      return (await deliver(click)) ? {} : { notice: unableToProcess(cast.app.displayName) };
    },

    async runQuickCommand(userName, spaceName, commandId) {
      const { space, person } = enterAsPerson(userName, spaceName);
      if (!cast.quickCommands.some(({ id }) => id === commandId) || !space.members.includes(app)) {
        throw new ImpossibleAction(`There is no quick command ${commandId} in ${spaceName}`);
      }
      await deliver({ kind: 'quick-command', person, space, commandId, now: book.now() });
    },
  };
}

/** @throws ImpossibleAction when there is none, or when nobody could tell which one is meant */
function findButton(
  { resource }: StoredMessage,
  label: string,
  nth: number | undefined,
): PlacedButton {
  const found = buttonsOf(resource).filter((one) => one.label === label);
  if (nth === undefined && found.length > 1) {
    throw new ImpossibleAction(`${found.length} buttons say “${label}”: tell which one`);
  }
  const button = found[nth ?? 0];
  if (button === undefined) throw new ImpossibleAction(`There is no button “${label}” any more`);
  return button;
}

/** In Chat's words, as seen where a click was not passed on (go-steer/switchboard, issue 28). */
function unableToProcess(appName: string): string {
  return `${appName} is unable to process your request.`;
}
