import type { World } from '../world.ts';
import type { Workshop } from './deliver.ts';
import { createEntrance, ImpossibleAction } from './entrance.ts';
import { userNameOf } from './people.ts';

/** What people do to the app without writing. */
export type Pressing = Pick<World, 'click' | 'runQuickCommand'>;

export function createPressing(workshop: Workshop): Pressing {
  const { book, cast, deliver } = workshop;
  const { enterAsPerson } = createEntrance(workshop);
  const app = userNameOf(cast.app);

  return {
    async click(userName, messageName, action) {
      const [spaceName = '', id = ''] = messageName.split('/messages/');
      const { space, person } = enterAsPerson(userName, spaceName);
      const message = book.message(spaceName, id);
      if (message === undefined || (message.seenBy ?? userName) !== userName) {
        throw new ImpossibleAction(`${userName} sees no message ${messageName}`);
      }
      // Another app's card is that app's business, and one that has left hears nothing.
      if (message.resource.sender.name !== app || !space.members.includes(app)) return;
      await deliver({ kind: 'click', person, space, message, action, now: book.now() });
    },

    async runQuickCommand(userName, spaceName, commandId) {
      const { space, person } = enterAsPerson(userName, spaceName);
      if (!cast.quickCommands.includes(commandId) || !space.members.includes(app)) {
        throw new ImpossibleAction(`There is no quick command ${commandId} in ${spaceName}`);
      }
      await deliver({ kind: 'quick-command', person, space, commandId, now: book.now() });
    },
  };
}
