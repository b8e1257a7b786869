import {
  CHAT_MEMBERSHIPS,
  CHAT_MEMBERSHIPS_APP,
  CHAT_SPACES_CREATE,
} from '../../src/lib/authorization/scopes.ts';
import { idempotencyKeys } from '../../src/lib/chat/idempotency.ts';
import { AuthorizationError } from '../../src/lib/errors.ts';
import { type CrashCase, describeCrashes, due, LINK } from './crashing.ts';
import { ANA, added, BO, clicks, DM, event, idOf, NEW, says } from './events.ts';
import type { Scene } from './scene.ts';

/** Some of them by an earlier attempt. */
const ADDED = /^(?:Added to this space|In this space already): /;

const canOpenIncidents = (scene: Scene) =>
  scene.connect(ANA, [CHAT_SPACES_CREATE, CHAT_MEMBERSHIPS_APP]);
/** Every status is shown, and at once. */
const withStatuses = (scene: Scene): void => {
  scene.sleep = async () => {};
};
const card = { requestId: idOf('opening'), step: 'card' };

const CASES: readonly CrashCase[] = [
  {
    name: 'a command of the app',
    event: event(says('status')),
    shown: ['Your account isn’t connected. Write “connect” to me to change that.'],
    ledger: 'done',
  },
  {
    name: 'a command of a person who is connected',
    before: (scene) => scene.connect(),
    event: event(says('good news')),
    shown: ['good news'],
    ledger: 'done',
  },
  {
    name: 'a command of a person who isn’t connected',
    event: event(says('good news')),
    shown: [LINK],
    ledger: 'waiting',
  },
  {
    name: 'a request that waited, and is due',
    before: async (scene) => {
      await scene.dispatch(says('good news'));
      await scene.consent(scene.link());
    },
    event: due,
    shown: ['Your account is connected', 'good news'],
    ledger: 'done',
  },
  {
    name: 'a command of a person who has ended their grant at Google',
    before: async (scene) => {
      await scene.connect();
      scene.google.refresh = () => Promise.reject(new AuthorizationError('grant_revoked', 'ended'));
    },
    event: event(says('good news')),
    shown: [LINK],
    ledger: 'waiting',
  },
  {
    name: 'a welcome in a direct message',
    event: event(added(undefined, { space: DM })),
    shown: [LINK],
    ledger: 'waiting',
  },
  {
    name: 'a command that creates a space',
    before: (scene) => scene.connect(ANA, [CHAT_SPACES_CREATE]),
    event: event(says('space Launch party')),
    shown: ['The space “Launch party” is ready'],
    ledger: 'done',
    made: [1, 0],
  },
  {
    name: 'a command that adds people',
    before: (scene) => scene.connect(ANA, [CHAT_MEMBERSHIPS]),
    event: event(says('add @Bo @Cy', { mentions: [BO, 'users/303'], words: 'add' })),
    shown: [ADDED],
    ledger: 'done',
    made: [0, 2],
  },
  {
    name: 'a command that shows how far it is in adding people',
    before: async (scene) => {
      withStatuses(scene);
      await scene.connect(ANA, [CHAT_MEMBERSHIPS]);
    },
    event: event(says('add @Bo @Cy', { mentions: [BO, 'users/303'], words: 'add' })),
    shown: [ADDED],
    ledger: 'done',
    made: [0, 2],
  },
  {
    name: 'a command that opens an incident',
    before: canOpenIncidents,
    event: event(says('incident API down')),
    shown: ['API down', 'The incident room “API down” is ready'],
    ledger: 'done',
    made: [1, 0],
  },
  {
    name: 'a command that shows how far it is in opening an incident',
    before: async (scene) => {
      withStatuses(scene);
      await canOpenIncidents(scene);
    },
    event: event(says('incident API down')),
    shown: ['The incident room “API down” is ready', 'API down'],
    ledger: 'done',
    made: [1, 0],
  },
  {
    name: 'a press of an incident’s button',
    before: async (scene) => {
      await canOpenIncidents(scene);
      await scene.dispatch(says('incident API down', { id: 'opening' }));
    },
    event: event(
      clicks({
        space: NEW,
        eventTime: Date.UTC(2026, 7, 17, 14),
        card: `${NEW}/messages/${idempotencyKeys(card, 'app').messageId}`,
        parameters: { postern: 'incident', to: 'resolved' },
      }),
    ),
    shown: [
      'API down\n02:00 PM UTC · Ana opened this incident.\n02:00 PM UTC · Ana marked this',
      'The incident room “API down” is ready',
    ],
    ledger: 'done',
    made: [1, 0],
  },
  {
    name: 'a disconnection',
    before: (scene) => scene.connect(),
    event: event(says('disconnect')),
    shown: ['Your account is'],
    ledger: 'done',
  },
];

for (const one of CASES) describeCrashes(one);
