import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CHAT_SPACES_CREATE } from '../../src/lib/authorization/scopes.ts';
import { ChatError } from '../../src/lib/errors.ts';
import { parseEvent } from '../../src/lib/interactions/parse-event.ts';
import { ANA, added, BO, commands, DM, event, ROOM, removed, says } from './events.ts';
import { wordsOf } from './recording-chat.ts';
import { type Scene, setScene } from './scene.ts';

const said = (scene: Scene): string => scene.chat.messages().map(wordsOf).join('\n');

const LOCALES: readonly [locale: string, heading: RegExp][] = [
  ['pt-BR', /^O que posso fazer\n/],
  ['pt-PT', /^O que posso fazer\n/],
  ['es', /^Lo que puedo hacer\n/],
  ['es-419', /^Lo que puedo hacer\n/],
  ['en-GB', /^What I can do\n/],
  ['fr', /^What I can do\n/],
  ['no locale at all', /^What I can do\n/],
];

describe('help', () => {
  for (const [locale, heading] of LOCALES) {
    it(`is in the language of a person with the locale ${locale}`, async (t) => {
      const scene = setScene(t);
      await scene.dispatch(says('help', { locale }));
      assert.match(said(scene), heading);
    });

    it(`fits into a card with the locale ${locale}`, async (t) => {
      const scene = setScene(t);
      await scene.dispatch(says('help', { locale }));
      const [card] = scene.chat.messages().map((message) => message.card);
      // chat-platform.md, section 9.
      assert.ok(Buffer.byteLength(JSON.stringify(card)) < 32_000);
      assert.ok((card?.sections?.[0]?.widgets ?? []).length <= 100);
    });
  }
});

describe('the locale of an event', () => {
  const TOLD: readonly [userLocale: unknown, words: RegExp][] = [
    ['pt-BR', /Este comando ainda não/],
    ['pt_BR', /Este comando ainda não/],
    ['es-US', /Este comando todavía no/],
    ['fr', /isn’t set up yet/],
    ['<script>', /isn’t set up yet/],
    [17, /isn’t set up yet/],
    [undefined, /isn’t set up yet/],
  ];
  for (const [userLocale, words] of TOLD) {
    it(`${String(userLocale)} is followed, or counts as none`, async (t) => {
      const scene = setScene(t);
      const json = {
        type: 'APP_COMMAND',
        eventTime: '2026-08-17T14:00:00Z',
        user: { name: ANA, type: 'HUMAN' },
        space: { name: ROOM, spaceType: 'SPACE' },
        appCommandMetadata: { appCommandId: 99, appCommandType: 'QUICK_COMMAND' },
        common: { userLocale },
      };
      const data = Buffer.from(JSON.stringify(json));
      await scene.worker().dispatch(parseEvent({ data, attributes: {}, id: '1' }));
      assert.match(said(scene), words);
    });
  }
});

const PORTUGUESE = { locale: 'pt-BR' };

it('a room is welcomed in the language of who added the app', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(added(undefined, PORTUGUESE));
  assert.match(said(scene), /^Olá! Mencione-me/);
});

it('somebody alone with the app is welcomed and asked in their language', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(added(undefined, { ...PORTUGUESE, space: DM }));
  assert.match(said(scene), /^Olá! Mencione-me em um espaço[\s\S]*Conecte sua conta/);
});

it('the consent is asked for, waited for and thanked for in the person’s language', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('Bom dia', { ...PORTUGUESE, id: 'one' }));
  await scene.dispatch(says('Boa tarde', { ...PORTUGUESE, id: 'two' }));
  assert.match(said(scene), /Conecte sua conta[\s\S]*Faço isto também/);

  await scene.consent(scene.link());
  await scene.runDue();
  assert.match(said(scene), /Sua conta está conectada/);
});

it('two people in one room read each their own', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(says('status', { id: 'one' }));
  await scene.dispatch(says('status', { ...PORTUGUESE, id: 'two', person: BO }));
  assert.deepEqual(
    scene.chat.messages().map(({ privateTo, text }) => [privateTo, text?.split('.')[0]]),
    [
      [ANA, 'Your account isn’t connected'],
      [BO, 'Sua conta não está conectada'],
    ],
  );
});

it('dates are those of the person’s own region', async (t) => {
  const scene = setScene(t);
  await scene.connect();
  await scene.dispatch(says('status', { locale: 'es-MX' }));
  assert.match(said(scene), /Conectada desde: 17 de agosto de 2026/);
});

it('what Chat refuses is told in the person’s language, by a command’s own words or the usual', async (t) => {
  const scene = setScene(t);
  await scene.connect(ANA, [
    CHAT_SPACES_CREATE,
    'https://www.googleapis.com/auth/chat.messages.create',
  ]);
  scene.chat.enter = ({ by }) => {
    if (by === ANA) throw new ChatError('chat_forbidden', 'no');
  };
  await scene.dispatch(says('space Festa', { ...PORTUGUESE, id: 'one', words: 'space Festa' }));
  await scene.dispatch(says('Bom dia', { ...PORTUGUESE, id: 'two' }));
  const [own, usual] = scene.chat.messages().map(wordsOf);
  assert.match(own ?? '', /não deixou você criar este espaço/);
  assert.match(usual ?? '', /não me deixou fazer isto/);
});

it('a command that isn’t set up is told of in the person’s language', async (t) => {
  const scene = setScene(t);
  await scene.dispatch(commands(9, undefined, PORTUGUESE));
  await scene.worker().dispatch(event(removed({ ...PORTUGUESE, id: 'two' })));
  assert.match(said(scene), /^Este comando ainda não foi configurado[^\n]*$/);
});
