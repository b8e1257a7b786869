import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Interaction } from '../../src/lib/interactions/interaction.ts';
import { commandButton } from '../../src/subscriber/command-button.ts';
import type { AppCommand } from '../../src/subscriber/commands/command.ts';
import { post } from '../../src/subscriber/commands/post.ts';
import { createRegistry } from '../../src/subscriber/commands/registry.ts';
import { type Route, route, toRequest } from '../../src/subscriber/route.ts';
import { ANA, added, BO, clicks, commands, OTHER_ROOM, ROOM, removed, says } from './events.ts';

const takesWords: AppCommand = {
  name: 'find',
  summary: () => 'Find something.',
  example: () => 'find the door',
  takes: 'argument',
  as: 'app',
  run: () => Promise.resolve(),
};
const special: AppCommand = { ...takesWords, name: 'find all' };
const vote: AppCommand = { ...takesWords, name: 'vote', press: () => Promise.resolve() };
const registry = createRegistry([post, takesWords, special, vote]);

/** What comes back when a button is pressed that a command has put on a card. */
const pressed = (command: string, parameters: Record<string, string> = {}) => {
  const topic = 'projects/p/topics/t';
  const { onClick } = commandButton({ command, topic }, { text: 'Press me', parameters });
  const pairs = onClick?.action?.parameters ?? [];
  return clicks({
    parameters: Object.fromEntries(pairs.map(({ key, value }) => [key ?? '', value ?? ''])),
  });
};
const ids = new Map([
  [1, 'post'],
  [2, 'help'],
  [3, 'Status'],
  [4, 'no-such-command'],
  [5, 'find'],
]);

const ROUTES: readonly [what: string, Interaction, to: string][] = [
  ['a bare mention', says(''), 'command help'],
  ['a command’s name', says('status'), 'command status'],
  ['a command’s name in another case', says('HeLp'), 'command help'],
  ['other words', says('good news'), 'command post'],
  ['words that begin with a command’s name', says('help me out'), 'command post'],
  ['the fallback’s name alone', says('post'), 'command post'],
  ['a name of every object', says('constructor'), 'command post'],
  ['the name of a command that takes words, alone', says('find'), 'command find'],
  ['the name of a command that takes words, with some', says('Find\nit'), 'command find'],
  ['words that begin like such a name', says('finding it'), 'command post'],
  ['such a name further on', says('please find it'), 'command post'],
  ['the words of a command of two words', says('find all'), 'command find all'],
  ['a slash command with the second of two words', commands(5, 'all'), 'command find all'],
  ['a slash command with other words', commands(5, 'most'), 'command find'],
  ['/post with words', commands(1, 'good news'), 'command post'],
  ['/post without words', commands(1, ''), 'command help'],
  ['post as a quick command', commands(1, undefined), 'command help'],
  ['a quick command', commands(2, undefined), 'command help'],
  ['a slash command with words it does not need', commands(2, 'please'), 'command help'],
  ['an id that is mapped in another case', commands(3, undefined), 'command status'],
  ['an id that is mapped to nothing of ours', commands(4, 'x'), 'unknown-command'],
  ['an id that is not mapped', commands(99, 'x'), 'unknown-command'],
  ['an addition', added(undefined), 'welcome'],
  ['an addition by a bare mention', added(''), 'welcome'],
  ['an addition by a mention with words', added('good news'), 'welcome, then post'],
  ['an addition by a mention with a command', added('help'), 'welcome, then help'],
  ['a removal', removed(), 'clean-up'],
  ['a click on something that isn’t ours', clicks(), 'nothing'],
  ['a button of a command', pressed('vote'), 'press vote'],
  ['a button that pretends to be another’s', pressed('vote', { postern: 'find' }), 'press vote'],
  ['a button of a command that has none', pressed('status'), 'nothing'],
  ['a button of no command', pressed('constructor'), 'nothing'],
  [
    'a button of a card in another space',
    clicks({ parameters: { postern: 'vote' }, card: `${OTHER_ROOM}/messages/CARD` }),
    'nothing',
  ],
];

for (const [what, interaction, to] of ROUTES) {
  it(`${what} leads to ${to}`, () => assert.equal(name(route(interaction, registry, ids)), to));
}

function name(target: Route): string {
  if (target.to === 'press') return `press ${target.command.name}`;
  if (target.to === 'command') return `command ${target.command.name}`;
  if (target.to === 'welcome' && target.next !== undefined) {
    return `welcome, then ${target.next.name}`;
  }
  return target.to;
}

it('shows commands the words, the place and the person', () => {
  const request = toRequest(says('good news'));
  assert.equal(request.person.name, ANA);
  assert.equal(request.space.name, ROOM);
  assert.deepEqual(
    [request.thread, request.argument, request.markup, request.mentions],
    [`${ROOM}/threads/T1`, '', 'good news', []],
  );
});

const ARGUMENTS: readonly [what: string, Interaction, argument: string][] = [
  ['what follows the name', says('FIND  the door'), 'the door'],
  ['nothing after the name alone', says('find'), ''],
  ['all that follows a slash command', commands(5, 'find it'), 'find it'],
  ['nothing of a quick command', commands(5, undefined), ''],
  [
    'no mentions',
    says('find @Bo the door', { mentions: [BO], words: 'find the door' }),
    'the door',
  ],
];
for (const [what, interaction, argument] of ARGUMENTS) {
  it(`shows a command that takes words ${what}`, () => {
    assert.equal(toRequest(interaction, takesWords).argument, argument);
  });
}

it('shows commands whom the message mentions', () => {
  const { mentions } = toRequest(says('find @Bo', { mentions: [BO] }), takesWords);
  assert.deepEqual(mentions, [{ name: BO }]);
});

it('gives a button’s parameters back as they were, with its card', () => {
  const parameters = { choice: '<b>yes</b>', 'of whom': 'Ana' };
  const target = route(pressed('vote', parameters), registry, ids);
  assert.deepEqual(target.to === 'press' && target.press, {
    parameters,
    card: `${ROOM}/messages/CARD`,
  });
  assert.equal(toRequest(pressed('vote')).thread, `${ROOM}/threads/T1`);
});

it('shows no words and no thread where nothing was written', () => {
  for (const interaction of [removed(), commands(2, undefined), added(undefined)]) {
    const { thread, argument, markup } = toRequest(interaction);
    assert.deepEqual([thread, argument, markup], [undefined, '', '']);
  }
});
