import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  CHAT_MEMBERSHIPS,
  CHAT_MEMBERSHIPS_APP,
  CHAT_SPACES_CREATE,
} from '../../src/lib/authorization/scopes.ts';
import { idempotencyKeys } from '../../src/lib/chat/idempotency.ts';
import { minutes } from '../../src/lib/clock.ts';
import { AuthorizationError } from '../../src/lib/errors.ts';
import type { ParsedEvent } from '../../src/lib/interactions/interaction.ts';
import { ANA, added, BO, clicks, DM, event, idOf, NEW, ROOM, says } from './events.ts';
import { linkOf, type Shown, wordsOf } from './recording-chat.ts';
import { LEASE_MS, type Scene, setScene } from './scene.ts';

/** A process is killed: this call of it, and every later one, never reaches anybody. */
class Killed extends Error {}

/** The number of spaces that were set up, and of members in the room. */
const made = ({ chat }: Scene) => [chat.setUp.size, chat.members.get(ROOM)?.length ?? 0];

interface Case {
  name: string;
  before?: (scene: Scene) => Promise<unknown>;
  event: ParsedEvent;
  /** What there is to see in the end, in the order in which it came; the link stands for a card with one. */
  shown: readonly (string | RegExp)[];
  ledger: 'done' | 'waiting';
  /** What else there is in the end, as {@link made} counts it. */
  made?: readonly [spaces: number, members: number];
}

const ENDS = ['answered', 'parked', 'scheduled', 'duplicate'];
const LINK = '(a link)';
/** Some of them by an earlier attempt. */
const ADDED = /^(?:Added to this space|In this space already): /;
const due = { outcome: 'due', requestId: idOf('one'), space: ROOM } as const;

const canOpenIncidents = (scene: Scene) =>
  scene.connect(ANA, [CHAT_SPACES_CREATE, CHAT_MEMBERSHIPS_APP]);
/** Every status is shown, and at once. */
const withStatuses = (scene: Scene): void => {
  scene.sleep = async () => {};
};
const card = { requestId: idOf('opening'), step: 'card' };

async function scheduled(scene: Scene): Promise<void> {
  await scene.connect();
  await scene.dispatch(says('schedule in 20 minutes good news'));
}

/** As the relay does it. */
async function atItsHour(scene: Scene): Promise<void> {
  scene.pass(minutes(20));
  await scene.store.requests.takeDue({ now: scene.now(), hideUntil: scene.now(), limit: 1 });
}

const CASES: readonly Case[] = [
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
    name: 'a command that schedules',
    before: (scene) => scene.connect(),
    event: event(says('schedule in 20 minutes good news')),
    shown: ['Scheduled'],
    ledger: 'waiting',
  },
  {
    name: 'a command that schedules, of a person who has consented just now',
    before: async (scene) => {
      await scene.dispatch(says('schedule in 20 minutes good news'));
      await scene.consent(scene.link());
    },
    event: due,
    shown: ['Your account is connected', 'Scheduled'],
    ledger: 'waiting',
  },
  {
    name: 'what was scheduled, at its hour',
    before: async (scene) => {
      await scheduled(scene);
      await atItsHour(scene);
    },
    event: due,
    shown: ['Scheduled', 'good news'],
    ledger: 'done',
  },
  {
    name: 'what was scheduled, at its hour, of a person who has ended their grant at Google',
    before: async (scene) => {
      await scheduled(scene);
      scene.google.refresh = () => Promise.reject(new AuthorizationError('grant_revoked', 'ended'));
      await atItsHour(scene);
    },
    event: due,
    shown: ['Scheduled', LINK],
    ledger: 'waiting',
  },
  {
    name: 'a cancellation',
    before: scheduled,
    event: event(
      clicks({
        id: 'press',
        parameters: { postern: 'schedule', id: idOf('one'), text: 'good news', from: 'plan' },
        card: `${ROOM}/messages/${idempotencyKeys({ requestId: idOf('one'), step: 'answer' }, 'app').messageId}`,
      }),
    ),
    shown: ['Cancelled. I won’t post this:\ngood news'],
    ledger: 'done',
  },
  {
    name: 'a disconnection',
    before: (scene) => scene.connect(),
    event: event(says('disconnect')),
    shown: ['Your account is'],
    ledger: 'done',
  },
];

for (const { name, before, event: happened, shown, ledger, made: expected = [0, 0] } of CASES) {
  describe(`${name}, by a process that is killed`, () => {
    it('at any of its calls, ends with one answer and a ledger that says so', async (t) => {
      for (let fatal = 1; ; fatal++) {
        const scene = setScene(t);
        scene.chat.directMessages.set(ANA, DM);
        await before?.(scene);
        const calls = await dispatchAndDie(scene, happened, fatal);
        if (calls < fatal) break;

        scene.pass(LEASE_MS);
        const { result } = await scene.worker().dispatch(happened);
        assert.ok(ENDS.includes(result), `call ${fatal}: ${result}`);
        await scene.runDue();
        assertShown(scene, shown, `killed at call ${fatal}`);
        assert.equal(await scene.ledger(), ledger, `killed at call ${fatal}`);
        assert.deepEqual(made(scene), expected, `killed at call ${fatal}`);
      }
    });
  });
}

/** @returns how many calls there were */
async function dispatchAndDie(scene: Scene, happened: ParsedEvent, fatal: number): Promise<number> {
  let calls = 0;
  const enter = (): void => {
    calls += 1;
    if (calls >= fatal) throw new Killed('no process, no call');
  };
  scene.enter = enter;
  scene.chat.enter = enter;
  await scene.worker().dispatch(happened);
  scene.enter = () => {};
  scene.chat.enter = () => {};
  return calls;
}

function assertShown(scene: Scene, expected: Case['shown'], when: string): void {
  const shown = scene.chat.messages();
  assert.equal(shown.length, expected.length, `${when}: ${shown.map(wordsOf).join(' | ')}`);
  for (const [index, message] of shown.entries()) {
    const words = linkOf(message) === undefined ? wordsOf(message) : LINK;
    const start = expected[index] ?? '';
    const fits = typeof start === 'string' ? words.startsWith(start) : start.test(words);
    assert.ok(fits, `${when}: ${words}`);
    assert.ok(isForAna(message), `${when}: seen by others`);
  }
}

/** Private, in her direct message, in the room that she made, or by herself. */
function isForAna({ by, privateTo, space }: Shown): boolean {
  return by === ANA || privateTo === ANA || space === DM || space === NEW;
}
