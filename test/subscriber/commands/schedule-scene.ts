import type { TestContext } from 'node:test';
import { minutes } from '../../../src/lib/clock.ts';
import type { Interaction } from '../../../src/lib/interactions/interaction.ts';
import type { Dispatcher } from '../../../src/subscriber/dispatcher.ts';
import { clicks, event, says, type Told } from '../events.ts';
import { type Shown, wordsOf } from '../recording-chat.ts';
import { type Scene, setScene } from '../scene.ts';

/** A scene, and what there is to do with schedules. It is Monday, 17 August 2026, 15:00 in Lisbon. */
export interface Schedules {
  scene: Scene;
  /** Ana writes `schedule …`, and Chat tells when, and her zone. */
  schedule(words: string, told?: Told): Promise<string>;
  ask(words: string, told?: Told): Interaction;
  /** Time passes, and the relay looks. */
  pass(ms: number): Promise<string[]>;
  /** The buttons of a card, each with what it brings back. */
  buttons(card: Shown): Record<string, string>[];
  /** Presses a button; by default, of the newest card. */
  press(index?: number, told?: Told & { card?: Shown }): Promise<string>;
  newest(): Shown;
  /** What people have posted by the app. */
  posts(): string[];
  words(): string[];
}

export const LISBON = { timeZone: 'Europe/Lisbon' };

export function setSchedules(t: TestContext, worker?: (scene: Scene) => Dispatcher): Schedules {
  const scene = setScene(t);
  const first = worker?.(scene) ?? scene.worker();
  const dispatch = async (interaction: Interaction): Promise<string> =>
    (await first.dispatch(event(interaction))).result;
  let pressed = 0;

  const schedules: Schedules = {
    scene,
    ask: (words, told = {}) =>
      says(`schedule ${words}`.trimEnd(), { eventTime: scene.now(), ...LISBON, ...told }),
    schedule: (words, told) => dispatch(schedules.ask(words, told)),
    async pass(ms) {
      scene.pass(ms);
      const due = await scene.store.requests.takeDue({
        now: scene.now(),
        hideUntil: scene.now() + minutes(1),
        limit: 100,
      });
      const outcomes: string[] = [];
      for (const { id, space } of due) {
        outcomes.push((await first.dispatch({ outcome: 'due', requestId: id, space })).result);
      }
      return outcomes;
    },
    buttons({ card }) {
      return (card?.sections ?? [])
        .flatMap((section) => section.widgets ?? [])
        .flatMap(({ buttonList }) => buttonList?.buttons ?? [])
        .map(({ onClick }) =>
          Object.fromEntries(
            (onClick?.action?.parameters ?? []).map(
              ({ key, value }) => [key ?? '', value ?? ''] as const,
            ),
          ),
        );
    },
    async press(index = 0, { card = schedules.newest(), ...told } = {}) {
      pressed += 1;
      const parameters = schedules.buttons(card)[index] ?? {};
      const told2 = { id: `press ${pressed}`, ...LISBON, ...told };
      return await dispatch(clicks({ ...told2, parameters, card: card.name }));
    },
    newest() {
      const shown = scene.chat.messages().findLast(({ by }) => by === 'app');
      if (shown === undefined) throw new Error('nothing was shown');
      return shown;
    },
    posts: () =>
      scene.chat
        .messages()
        .filter(({ by }) => by !== 'app')
        .map(({ text = '' }) => text),
    words: () => scene.chat.messages().map(wordsOf),
  };
  return schedules;
}
