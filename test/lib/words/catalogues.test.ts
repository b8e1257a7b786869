import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { en, type Words } from '../../../src/lib/words/en.ts';
import { es } from '../../../src/lib/words/es.ts';
import { languageFor } from '../../../src/lib/words/language.ts';
import { ptBr } from '../../../src/lib/words/pt-br.ts';
import { createRegistry } from '../../../src/subscriber/commands/registry.ts';
import { route, toRequest } from '../../../src/subscriber/route.ts';
import { ANA, BO, says } from '../../subscriber/events.ts';
import { leavesOf, markersIn } from './leaves.ts';

const registry = createRegistry();
const english = new Map(leavesOf(en).map(({ path, says }) => [path, says]));

/** Every catalogue, its tag, and where it says the same as the English one on purpose. */
const CATALOGUES: readonly [tag: string, Words, same: readonly string[]][] = [
  ['en', en, []],
  ['pt-BR', ptBr, ['members.example', 'add.example', 'incident.statusLabel']],
  ['es', es, ['members.example', 'add.example']],
];

/** There is something to translate. */
function hasWords(said: string): boolean {
  return /\p{L}/u.test(said.replaceAll(/‹\d›|undefined/g, ''));
}

/** What begins with a command, in quotes. */
function commandsIn(text: string): string[] {
  const quotes = [...text.matchAll(/“([^”]+)”/g)].map(([, quoted = '']) => quoted);
  return quotes.filter((quoted) => registry.find(firstWord(quoted)) !== undefined);
}

function firstWord(text: string): string {
  return text.split(' ', 1).join();
}

it('the compiler takes no catalogue with a sentence missing, one too many, or other data', () => {
  const take = (words: Words): Words => words;
  const { welcome: _, ...rest } = en;
  // @ts-expect-error A sentence is missing.
  take(rest);
  // @ts-expect-error There is one too many.
  take({ ...en, farewell: 'Bye.' });
  // @ts-expect-error This one takes no numbers.
  take({ ...en, tooLong: (bytes: number) => `${bytes + 1} bytes` });
});

it('the English sentences use all their data', () => {
  for (const { path, says } of leavesOf(en)) {
    const [all = '', , ...withOneUnknown] = says;
    // What `members.people` counts chooses the sentence only; it is shown as its second datum writes it.
    if (path !== 'members.people') assert.ok(!withOneUnknown.includes(all), path);
  }
});

for (const [tag, words, same] of CATALOGUES) {
  const leaves = leavesOf(words);

  describe(`the catalogue in ${tag}`, () => {
    it('says as much as the English one, paragraph by paragraph', () => {
      assert.deepEqual(
        leaves.map(({ path }) => path),
        [...english.keys()],
      );
    });

    if (words !== en) {
      it('leaves nothing in English', () => {
        const untranslated = leaves.filter(({ path, says }) =>
          says.some((said) => hasWords(said) && english.get(path)?.includes(said)),
        );
        assert.deepEqual(
          untranslated.map(({ path }) => path),
          same,
        );
      });
    }

    it('puts the same data into its sentences', () => {
      for (const { path, says } of leaves) {
        const expected = (english.get(path) ?? []).map(markersIn);
        assert.deepEqual(says.map(markersIn), expected, path);
      }
    });

    it('names the same commands and addresses', () => {
      const addresses = (text: string) => text.match(/https?:\/\/\S+/g) ?? [];
      const named = (text: string) => [...commandsIn(text).map(firstWord), ...addresses(text)];
      for (const { path, says } of leaves) {
        const [said = ''] = says;
        assert.deepEqual(named(said), named(english.get(path)?.[0] ?? ''), path);
      }
    });

    it('is typeset: no straight quotes, no stray spaces, and a colon where something follows', () => {
      for (const { path, says } of leaves) {
        for (const said of says) assert.doesNotMatch(said, /["'`]|^\s|\s$|\s{2}/, path);
        const [said = ''] = says;
        assert.equal(said.endsWith(':'), english.get(path)?.[0]?.endsWith(':'), path);
      }
    });

    it('is as short as its places: titles and buttons fit in a line, the rest is no essay', () => {
      for (const { path, says } of leaves) {
        const isLabel = /(^|\.)(title|button|cancel|statusLabel|missing)$/.test(path);
        const isOneLine = isLabel && !path.startsWith('members');
        const [said = ''] = says;
        const limit = isOneLine ? 40 : 1.6 * (english.get(path)?.[0] ?? '').length + 20;
        assert.ok(said.length <= limit, `${path} has ${said.length} characters of ${limit}`);
      }
    });

    for (const name of registry.names) {
      const command = registry.find(name) ?? registry.help;
      const example = command.example?.(words) ?? (command === registry.fallback ? '' : name);
      it(`shows an example of ${name} that works`, () => works(example, name));
    }

    const quoted = new Set(leaves.flatMap(({ says: [said = ''] }) => commandsIn(said)));
    for (const line of quoted) {
      it(`says “${line}”, and that works`, () => works(line, firstWord(line)));
    }
  });

  function works(line: string, name: string): void {
    const mentions = [ANA, BO].slice(0, line.match(/@\w+/g)?.length ?? 0);
    const bare = line.replaceAll(/\s*@\w+/g, '');
    const told = { locale: tag, timeZone: 'America/Sao_Paulo', mentions, words: bare };
    const target = route(says(line, told), registry, new Map());
    assert.ok(target.to === 'command', line);
    assert.equal(target.command.name, name);
    const isAlone = line === name && target.command.takes === 'argument';
    // A command that needs more than its name is named alone, too: where people are told of it.
    if (isAlone) return;
    const request = toRequest(says(line, told), target.command);
    assert.equal(request.language.words, languageFor(tag).words);
    assert.equal(target.command.objection?.(request), undefined);
  }
}
