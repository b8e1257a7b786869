import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Interaction } from '../../src/lib/interactions/interaction.ts';
import { createRegistry } from '../../src/subscriber/commands/registry.ts';
import { type Route, route, toRequest } from '../../src/subscriber/route.ts';
import { ANA, added, clicks, commands, ROOM, removed, says } from './events.ts';

const registry = createRegistry();
const ids = new Map([
  [1, 'post'],
  [2, 'help'],
  [3, 'Status'],
  [4, 'no-such-command'],
]);

const ROUTES: readonly [what: string, Interaction, to: string][] = [
  ['a bare mention', says(''), 'command help'],
  ['a command’s name', says('status'), 'command status'],
  ['a command’s name in another case', says('HeLp'), 'command help'],
  ['other words', says('good news'), 'command post'],
  ['words that begin with a command’s name', says('help me out'), 'command post'],
  ['the fallback’s name alone', says('post'), 'command post'],
  ['a name of every object', says('constructor'), 'command post'],
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
  ['a click', clicks(), 'nothing'],
];

for (const [what, interaction, to] of ROUTES) {
  it(`${what} leads to ${to}`, () => assert.equal(name(route(interaction, registry, ids)), to));
}

function name(target: Route): string {
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
    [request.thread, request.argument, request.markup],
    [`${ROOM}/threads/T1`, 'good news', 'good news'],
  );
});

it('shows no words and no thread where nothing was written', () => {
  for (const interaction of [removed(), clicks(), commands(2, undefined), added(undefined)]) {
    const { thread, argument, markup } = toRequest(interaction);
    assert.deepEqual([thread, argument, markup], [undefined, '', '']);
  }
});
