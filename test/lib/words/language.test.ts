import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { en } from '../../../src/lib/words/en.ts';
import { es } from '../../../src/lib/words/es.ts';
import {
  dayOf,
  languageFor,
  listOf,
  numberOf,
  permissionOf,
} from '../../../src/lib/words/language.ts';
import { ptBr } from '../../../src/lib/words/pt-br.ts';

const NAMES = ['en', 'pt', 'es'] as const;
const BY_NAME = { en, pt: ptBr, es };

const LOCALES: readonly [locale: string | undefined, (typeof NAMES)[number], region: string][] = [
  ['en', 'en', 'en'],
  ['en-GB', 'en', 'en-GB'],
  ['pt', 'pt', 'pt'],
  ['pt-BR', 'pt', 'pt-BR'],
  ['pt-PT', 'pt', 'pt-PT'],
  ['es', 'es', 'es'],
  ['es-419', 'es', 'es-419'],
  ['ES-mx', 'es', 'ES-mx'],
  ['fr', 'en', 'en'],
  ['ptx', 'en', 'en'],
  ['zh-Hant-TW', 'en', 'en'],
  ['', 'en', 'en'],
  ['pt_BR!', 'en', 'en'],
  ['constructor', 'en', 'en'],
  [undefined, 'en', 'en'],
];

describe('what somebody reads', () => {
  for (const [locale, name, region] of LOCALES) {
    it(`with the locale ${locale}: the words in ${name}, dates as in ${region}`, () => {
      const language = languageFor(locale);
      assert.equal(language.words, BY_NAME[name]);
      assert.equal(language.locale, region);
    });
  }
});

const WRITTEN: readonly [locale: string, day: string, list: string, number: string][] = [
  ['en-US', 'August 17, 2026', 'Ana, Inés, and Bo', '12,345'],
  ['en-GB', '17 August 2026', 'Ana, Inés and Bo', '12,345'],
  ['pt-BR', '17 de agosto de 2026', 'Ana, Inés e Bo', '12.345'],
  ['pt-PT', '17 de agosto de 2026', 'Ana, Inés e Bo', '12\u00a0345'],
  ['es-419', '17 de agosto de 2026', 'Ana, Inés y Bo', '12,345'],
  ['es-ES', '17 de agosto de 2026', 'Ana, Inés y Bo', '12.345'],
  ['fr', 'August 17, 2026', 'Ana, Inés, and Bo', '12,345'],
];

describe('dates, lists and numbers', () => {
  for (const [locale, day, list, number] of WRITTEN) {
    it(`are written as in ${locale}`, () => {
      const language = languageFor(locale);
      assert.equal(dayOf(language, Date.UTC(2026, 7, 17, 14)), day);
      assert.equal(listOf(language, ['Ana', 'Inés', 'Bo']), list);
      assert.equal(numberOf(language, 12345), number);
    });
  }

  it('are what a reader of Spanish says before an i', () => {
    assert.equal(listOf(languageFor('es-MX'), ['Ana', 'Inés']), 'Ana e Inés');
  });
});

it('a permission is named in the reader’s words, also one that there are none for', () => {
  const portuguese = languageFor('pt-BR');
  const scope = (name: string) => `https://www.googleapis.com/auth/${name}`;
  assert.match(permissionOf(portuguese, scope('chat.spaces.create')), /^Criar espaços/);
  assert.equal(permissionOf(portuguese, scope('drive')), 'A permissão do Google “drive”.');
  assert.equal(permissionOf(portuguese, 'openid'), 'Ver qual Conta do Google é a sua.');
});
