import { PORTUGUESE } from './portuguese.ts';
import { SPANISH } from './spanish.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A piece of what may be a time, in English. */
export interface Token {
  english: string;
  /** Where it ends in the text, in UTF-16 units. */
  end: number;
}

/** A time has no more of them, and no more characters. */
const MAX_TOKENS = 12;
const MAX_LENGTH = 150;

const VOCABULARIES: ReadonlyMap<string, Vocabulary> = new Map([
  ['pt', PORTUGUESE],
  ['es', SPANISH],
]);

/** How the text may be read: in the person's language, if that is one of ours, and in English. */
export function readings(text: string, language: string): Token[][] {
  const vocabulary = VOCABULARIES.get(language);
  const words = englishWords(text);
  return vocabulary === undefined ? [words] : [translated(text, vocabulary), words];
}

function englishWords(text: string): Token[] {
  return [...text.slice(0, MAX_LENGTH).matchAll(/\S+/g)]
    .map(({ 0: english, index }) => ({ english, end: index + english.length }))
    .filter(({ end }) => end < MAX_LENGTH)
    .slice(0, MAX_TOKENS);
}

/** As far as the vocabulary goes. */
function translated(text: string, vocabulary: Vocabulary): Token[] {
  const start = text.slice(0, MAX_LENGTH);
  const tokens: Token[] = [];
  let at = skip(/\s*/y, start, 0);
  while (tokens.length < MAX_TOKENS) {
    const token = translateAt(start, at, vocabulary);
    if (token === undefined) break;
    tokens.push(token);
    at = skip(/[\s,]*/y, start, token.end);
  }
  return tokens;
}

function translateAt(text: string, at: number, vocabulary: Vocabulary): Token | undefined {
  for (const [phrase, english] of vocabulary) {
    phrase.lastIndex = at;
    const found = phrase.exec(text);
    if (found !== null) return { english: english(found.groups ?? {}), end: phrase.lastIndex };
  }
  return undefined;
}

function skip(what: RegExp, text: string, at: number): number {
  what.lastIndex = at;
  what.exec(text);
  return what.lastIndex;
}
