import { idempotencyKeys } from '../../../src/lib/chat/idempotency.ts';
import { minutes } from '../../../src/lib/clock.ts';
import { AuthorizationError } from '../../../src/lib/errors.ts';
import { type CrashCase, describeCrashes, due, LINK } from '../crashing.ts';
import { clicks, event, idOf, ROOM, says } from '../events.ts';
import type { Scene } from '../scene.ts';

async function scheduled(scene: Scene): Promise<void> {
  await scene.connect();
  await scene.dispatch(says('schedule in 20 minutes good news'));
}

/** As the relay does it. */
async function atItsHour(scene: Scene): Promise<void> {
  scene.pass(minutes(20));
  await scene.store.requests.takeDue({ now: scene.now(), hideUntil: scene.now(), limit: 1 });
}

const CASES: readonly CrashCase[] = [
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
];

for (const one of CASES) describeCrashes(one);
