import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { neutralizeMarkup } from '../../src/lib/chat/markup.ts';
import { interaction } from '../../src/lib/interactions/interaction.ts';
import { userName } from '../../src/lib/names.ts';
import { en } from '../../src/lib/words/en.ts';
import { createRegistry } from '../../src/subscriber/commands/registry.ts';
import { ANA, BO, idOf, ROOM } from './events.ts';
import type { Shown } from './recording-chat.ts';
import { type Scene, setScene } from './scene.ts';

/**
 * What others have chosen (their names, and those of spaces) and what somebody wrote to the app, in everything that the app then
 * says, through every command there is. What a person writes to be posted as themselves is their own, mentions and all.
 */
const registry = createRegistry();
const commands = registry.names.flatMap((name) => registry.find(name) ?? []);
const scopes = [
  ...new Set(commands.flatMap((command) => (command.as === 'user' ? command.scopes : []))),
];

/** Each would do something in a text or in a card, if it got there as it is. */
const dangerous = fc.constantFrom(
  '<users/all>',
  '<users/202>',
  '<users/',
  'all>',
  '<https://evil.example|Bank>',
  '<https://evil.example|',
  '<mailto:eve@evil.example|Bo>',
  '<customEmojis/1>',
  '<a href="https://evil.example">Bank</a>',
  '<img src=x>',
  '<b>EVIL',
  '[Bank](https://evil.example)',
  '|x>',
  '<',
  '>',
  '&lt;users/all&gt;',
  '*_~`',
);

const wordsOfPerson = fc.array(dangerous, { maxLength: 4 }).map((pieces) => pieces.join(' '));

/** Whatever else, a name can try to look like a line of its own, or to turn the direction of what follows. */
const chosenName = fc
  .array(fc.oneof(dangerous, fc.constantFrom('\nFORGED', '\n• FORGED', '\u2028FORGED', '\u202E')), {
    minLength: 1,
    maxLength: 5,
  })
  .map((pieces) => `EVIL${pieces.join('')}`);

const situation = fc.record({
  command: fc.constantFrom(...commands),
  isExample: fc.boolean(),
  said: wordsOfPerson,
  locale: fc.constantFrom('en', 'pt-BR', 'es'),
  own: chosenName,
  space: chosenName,
  others: fc.tuple(chosenName, chosenName),
  isConnected: fc.boolean(),
});
type Situation = typeof situation extends fc.Arbitrary<infer Value> ? Value : never;

const OTHERS = [BO, userName.parse('users/303')];

function told({ own, space, locale }: Situation, id: string, scene: Scene) {
  return {
    requestId: idOf(id),
    dialect: 'classic',
    person: { name: ANA, displayName: own, email: 'ana@example.com' },
    space: { name: ROOM, kind: 'room', displayName: space },
    locale,
    timeZone: 'Europe/Lisbon',
    eventTime: scene.now(),
  };
}

/** `add <users/all> @EVIL…`: the command with what it could be given, and two people mentioned; or its name alone. */
function request(situation: Situation, scene: Scene) {
  const asked = told(situation, 'asked', scene);
  const place = { name: `${ROOM}/messages/ASKED`, thread: `${ROOM}/threads/T1` };
  const { command, isExample, said, others } = situation;
  if (command.takes === undefined && command !== registry.fallback) {
    const { name } = command;
    return interaction.parse({
      ...asked,
      kind: 'message',
      message: { ...place, argument: name, markup: name },
    });
  }
  const example = isExample ? command.example?.(en) : undefined;
  // What looks like a mention in an example is none: the people follow.
  const words = `${example?.replaceAll(/ @\w+/g, '') ?? command.name} ${said}`.trim();
  return interaction.parse({
    ...asked,
    kind: 'message',
    message: {
      ...place,
      argument: [words, ...others.map((name) => `@${name}`)].join(' '),
      markup: [neutralizeMarkup(words), ...OTHERS.map((name) => `<${name}>`)].join(' '),
      words,
      mentions: OTHERS.map((name, index) => ({ name, displayName: others[index] })),
    },
  });
}

async function setTheStage(t: TestContext, { others, isConnected, own }: Situation) {
  const scene = setScene(t);
  const [here = own] = others;
  scene.chat.members.set(ROOM, [
    { name: ANA, kind: 'person', displayName: own },
    { name: BO, kind: 'person', displayName: here },
    { name: userName.parse('users/900'), kind: 'app', displayName: here },
  ]);
  if (isConnected) await scene.connect(ANA, scopes);
  const { get } = scene.store.grants;
  scene.store.grants.get = async (user) => {
    const grant = await get(user);
    return grant && { ...grant, email: '<b>EVIL@example.com' };
  };
  return scene;
}

it('holds for every command, its buttons included', async (t) => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(situation, async (one) => {
      const scene = await setTheStage(t, one);
      await scene.dispatch(request(one, scene));
      for (const [index, press] of buttonsIn(scene.chat.messages()).entries()) {
        const asked = told(one, `press ${index}`, scene);
        const { card, parameters } = press;
        const space = { ...asked.space, name: press.space };
        await scene.dispatch(
          interaction.parse({ ...asked, space, kind: 'click', card, parameters }),
        );
      }
      const said = scene.chat.messages().filter(({ by }) => by === 'app');
      for (const shown of said) assertHarmless(shown);
      seen.set(one.command.name, (seen.get(one.command.name) ?? 0) + said.length);
    }),
    { numRuns: 25 * commands.length },
  );
  const silent = commands.filter(({ name }) => (seen.get(name) ?? 0) === 0);
  assert.deepEqual(silent, [], 'each of them has said something');
});

type Press = { space: string; card: string; parameters: Record<string, string> };

/** What pressing each of them would tell the app. */
function buttonsIn(messages: readonly Shown[]): Press[] {
  return messages.flatMap(({ space, name, card }) =>
    objectsIn(card).flatMap((object) => {
      if (!('action' in object)) return [];
      const pressed = action.safeParse(object.action);
      if (!pressed.success) return [];
      const parameters: Press['parameters'] = {};
      for (const { key, value } of pressed.data.parameters) parameters[key] = value;
      return [{ space, card: name, parameters }];
    }),
  );
}

const action = z.object({ parameters: z.array(z.object({ key: z.string(), value: z.string() })) });

function assertHarmless(shown: Shown): void {
  const plain = shown.text ?? '';
  assert.equal(neutralizeMarkup(plain), plain, 'markup');
  for (const said of [plain, ...htmlIn(shown.card)]) {
    assert.doesNotMatch(said, /^[\s•]*FORGED/m, 'a line of its own');
    assert.doesNotMatch(said, /[\u2028\u2029\u202A-\u202E\u2066-\u2069]/, 'a turn of direction');
  }
  for (const html of htmlIn(shown.card)) {
    assert.doesNotMatch(html, /<(?!\/?[a-z]+>)|<b>EVIL/i, 'HTML');
  }
}

/** The texts of a card that are HTML; its title and its buttons' are not (chat-platform.md, section 9). */
function htmlIn(card: Shown['card']): string[] {
  return objectsIn(card).flatMap((object) => {
    const { textParagraph, decoratedText, header } = html.parse(object);
    const { text, topLabel, bottomLabel } = decoratedText;
    return [textParagraph.text, text, topLabel, bottomLabel, header].filter((one) => one !== '');
  });
}

const text = z.string().catch('');
const html = z.object({
  textParagraph: z.object({ text }).catch({ text: '' }),
  decoratedText: z
    .object({ text, topLabel: text, bottomLabel: text })
    .catch({ text: '', topLabel: '', bottomLabel: '' }),
  header: text,
});

function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inner : [value, ...inner];
}
