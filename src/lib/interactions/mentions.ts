import type { Mention } from './interaction.ts';
import type { WireAnnotation, WireMessage } from './wire.ts';

/** A part of a string: from `start` up to, not including, `end`. */
interface Range {
  readonly start: number;
  readonly end: number;
}

export function isAppMention(annotation: WireAnnotation): boolean {
  return annotation.userMention?.user?.type === 'BOT';
}

/** `text` without its mentions of apps. */
export function textWithoutApps(message: WireMessage): string {
  const text = message.text ?? '';
  return without(text, message.annotations.filter(isAppMention).flatMap(rangeIn(text)));
}

/** `text` without any mention, be it of an app, a person or everybody. */
export function textWithoutMentions(message: WireMessage): string {
  const text = message.text ?? '';
  const mentions = message.annotations.filter(({ userMention }) => userMention !== undefined);
  return without(text, mentions.flatMap(rangeIn(text)));
}

/** The people whom a message mentions, each once, in order. `@all` is nobody in particular. */
export function peopleMentioned(message: WireMessage): Mention[] {
  const people = message.annotations.filter(isPersonMention).flatMap(({ userMention }) => {
    const { name, displayName } = userMention?.user ?? {};
    if (name === undefined || name === EVERYBODY) return [];
    return [{ name, ...(displayName === undefined ? {} : { displayName }) }];
  });
  return people.filter(
    ({ name }, index) => people.findIndex((person) => person.name === name) === index,
  );
}

const EVERYBODY = 'users/all';

/**
 * `formattedText` without its mentions of apps; undefined when one of them can't be told from the same words written
 * literally.
 *
 * Annotations count in `text`. In `formattedText` a person is mentioned as `<users/{id}>`, an app by the same words as in
 * `text`, `@Display Name` (real captures). So the n-th occurrence of the words in one is the n-th in the other, once the
 * mentions of people and the addresses of links are left out of the count.
 */
export function markupWithoutApps(message: WireMessage, formattedText: string): string | undefined {
  const text = message.text ?? '';
  const mentions = message.annotations.filter(isAppMention).flatMap(rangeIn(text));
  if (mentions.length < message.annotations.filter(isAppMention).length) return undefined;

  const visibleText = mask(
    text,
    message.annotations.filter(isPersonMention).flatMap(rangeIn(text)),
  );
  const visibleMarkup = mask(formattedText, addressesIn(formattedText));
  const found: Range[] = [];
  for (const [words, group] of Map.groupBy(mentions, ({ start, end }) => text.slice(start, end))) {
    const inText = occurrences(visibleText, words);
    const inMarkup = occurrences(visibleMarkup, words);
    if (inText.length !== inMarkup.length) return undefined;
    for (const { start } of group) {
      const position = inMarkup[inText.indexOf(start)];
      if (position === undefined) return undefined;
      found.push({ start: position, end: position + words.length });
    }
  }
  return without(formattedText, found);
}

function isPersonMention(annotation: WireAnnotation): boolean {
  return annotation.userMention !== undefined && !isAppMention(annotation);
}

/** The annotation's range, in a list; an empty one when there is no mention at that place of `text`. */
function rangeIn(text: string): (annotation: WireAnnotation) => Range[] {
  return ({ startIndex: start = 0, length = 0 }) => {
    const end = start + length;
    return text[start] === '@' && length > 1 && end <= text.length ? [{ start, end }] : [];
  };
}

/** What a reader of the markup doesn't see: `<users/1>`, and `<https://example.com|` of a link with a label. */
function addressesIn(markup: string): Range[] {
  return [...markup.matchAll(/<users\/[^<>|\s]*>|<[^<>|\s]+\|/g)].map(({ index, 0: address }) => ({
    start: index,
    end: index + address.length,
  }));
}

/** The same string, as long as before, with nothing to be found in the ranges. */
function mask(text: string, ranges: readonly Range[]): string {
  let masked = '';
  let at = 0;
  for (const { start, end } of inOrder(ranges)) {
    masked += text.slice(at, start) + '\0'.repeat(end - start);
    at = end;
  }
  return masked + text.slice(at);
}

/** Side by side: overlapping ones would take time that grows with the square of the text. */
function occurrences(text: string, words: string): number[] {
  const found: number[] = [];
  let at = text.indexOf(words);
  while (at >= 0) {
    found.push(at);
    at = text.indexOf(words, at + words.length);
  }
  return found;
}

function without(text: string, ranges: readonly Range[]): string {
  let kept = '';
  let at = 0;
  for (const range of inOrder(ranges)) {
    const { start, end } = withItsTrimmings(text, range);
    kept += text.slice(at, Math.max(start, at));
    at = Math.max(end, at);
  }
  return kept + text.slice(at);
}

/** Without ranges that begin within an earlier one. */
function inOrder(ranges: readonly Range[]): Range[] {
  const sorted = ranges.toSorted((one, other) => one.start - other.start);
  let reached = 0;
  return sorted.filter(({ start, end }) => {
    if (start < reached) return false;
    reached = end;
    return true;
  });
}

/**
 * The range with what would be left dangling: formatting around nothing else (`*@App*`), and spaces that would double, or
 * would part a formatting mark from its word (`*@App look*`, `*look @App*`), where Chat no longer takes it for one.
 */
function withItsTrimmings(text: string, range: Range): Range {
  let { start, end } = range;
  while (isMark(text[start - 1]) && text[start - 1] === text[end]) {
    start--;
    end++;
  }
  if (isMark(text[end])) while (text[start - 1] === ' ') start--;
  else if (isBoundary(text[start - 1])) while (text[end] === ' ') end++;
  return { start, end };
}

const isMark = (character: string | undefined): boolean =>
  character !== undefined && '*_~`'.includes(character);

const isBoundary = (character: string | undefined): boolean =>
  character === undefined || isMark(character) || /\s/.test(character);
