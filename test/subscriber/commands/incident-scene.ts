import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { CHAT_MEMBERSHIPS_APP, CHAT_SPACES_CREATE } from '../../../src/lib/authorization/scopes.ts';
import { ANA, BO, clicks, NEW, says, type Told } from '../events.ts';
import type { Shown } from '../recording-chat.ts';
import { type Scene, setScene } from '../scene.ts';

const TOLD: Told = { mentions: [BO, ANA], words: 'incident Payments API is down' };
export const asked = says('incident Payments API is down @Bo @Ana', TOLD);
export const MADE =
  'The incident room “Payments API is down” is ready: https://chat.google.com/room/NEW';

/** Ana has opened one. */
export async function setIncident(t: TestContext, told: Told = {}): Promise<Scene> {
  const scene = setScene(t);
  await scene.connect(ANA, [CHAT_SPACES_CREATE, CHAT_MEMBERSHIPS_APP]);
  const eventTime = scene.now();
  const happened = says('incident Payments API is down', { ...TOLD, eventTime, ...told });
  assert.deepEqual(await scene.dispatch(happened), { result: 'answered' });
  return scene;
}

export const answers = (scene: Scene) =>
  scene.chat.messages().flatMap(({ text, space }) => (space === NEW ? [] : [text]));
export const cardIn = (scene: Scene): Shown => {
  const [card, ...more] = scene.chat.messages().filter(({ space }) => space === NEW);
  assert.deepEqual(more, []);
  return card ?? assert.fail('no card');
};
/** The status, and what has happened. */
export const shown = (scene: Scene) => {
  const [now, history] = cardIn(scene).card?.sections ?? [];
  return {
    status: now?.widgets?.[0]?.decoratedText?.text,
    history: history?.widgets?.map(({ textParagraph }) => textParagraph?.text),
  };
};
export const buttons = (scene: Scene) =>
  (cardIn(scene).card?.sections?.[0]?.widgets?.[1]?.buttonList?.buttons ?? []).map(
    ({ text, disabled, onClick }) => ({
      text,
      disabled: disabled ?? false,
      parameters: Object.fromEntries(
        (onClick?.action?.parameters ?? []).map(({ key, value }) => [key ?? '', value ?? '']),
      ),
    }),
  );
/** Presses a button as the card shows it now. */
export const press = (scene: Scene, label: string, told: Told = {}) => {
  const button = buttons(scene).find(({ text }) => text === label) ?? assert.fail(label);
  const { parameters } = button;
  const card = cardIn(scene).name;
  return clicks({ id: label, space: NEW, eventTime: scene.now(), ...told, parameters, card });
};
export const methods = (scene: Scene, by: string) =>
  scene.chat.calls.filter((call) => call.by === by).map(({ method }) => method);
