import { plain, type Rich, safeUrl } from './rich-text.ts';

/** Who is meant by the mentions in a text. */
export interface Mentions {
  /** What is shown for `<users/{id}>`; undefined for somebody unknown. */
  nameOf(userName: string): string | undefined;
  /** Who is mentioned as `@Name`: apps are. */
  named: readonly string[];
}

/** Reads the markup of messages (format-messages guide; chat-platform.md, section 9). */
export function readChatMarkup(text: string, mentions: Mentions): Rich[] {
  const parts = text.split(/\n?```\n?([\s\S]+?)\n?```\n?/);
  // Every second part is what the parentheses caught: a block of code.
  return parts.flatMap((part, index): Rich[] => {
    if (index % 2 === 1) return [{ kind: 'code-block', children: [plain(part)] }];
    return part === '' ? [] : readLines(part.split('\n'), mentions);
  });
}

type LineKind = 'list' | 'quote' | 'line';

interface Line {
  /** Of an item, from 0: how many lists are around its own. */
  depth: number;
  inline: Rich[];
}

/** Spaces before an item, for each list that is around its own (format-messages guide). */
const INDENT = 4;

/** Lines of a kind that follow each other belong together. */
function readLines(lines: readonly string[], mentions: Mentions): Rich[] {
  const groups: { kind: LineKind; lines: Line[] }[] = [];
  for (const text of lines) {
    const { kind, content, depth } = classify(text);
    const line = { depth, inline: readInline(content, mentions) };
    const last = groups.at(-1);
    if (last?.kind === kind) last.lines.push(line);
    else groups.push({ kind, lines: [line] });
  }
  return groups.flatMap((group) => groupElements(group.kind, group.lines));
}

function classify(line: string): { kind: LineKind; content: string; depth: number } {
  const [, indent = '', item] = /^(\s*)[*-] +(.+)$/.exec(line) ?? [];
  if (item !== undefined) {
    return { kind: 'list', content: item, depth: Math.floor(indent.length / INDENT) };
  }
  const quote = /^> ?(.*)$/.exec(line)?.[1];
  if (quote !== undefined) return { kind: 'quote', content: quote, depth: 0 };
  return { kind: 'line', content: line, depth: 0 };
}

function groupElements(kind: LineKind, lines: readonly Line[]): Rich[] {
  const inlines = lines.map(({ inline }) => inline);
  switch (kind) {
    case 'list':
      return [nested(lines)];
    case 'quote':
      return [{ kind, children: separated(inlines) }];
    case 'line':
      return separated(inlines);
  }
}

/** Deeper items become a list in the item before them. */
function nested(lines: readonly Line[]): Rich {
  const [{ depth } = { depth: 0 }] = lines;
  const items: Rich[] = [];
  for (let at = 0; at < lines.length; ) {
    const next = lines.findIndex((line, index) => index > at && line.depth <= depth);
    const end = next === -1 ? lines.length : next;
    const inner = lines.slice(at + 1, end);
    const children = [...(lines[at]?.inline ?? []), ...(inner.length > 0 ? [nested(inner)] : [])];
    items.push({ kind: 'item', children });
    at = end;
  }
  return { kind: 'list', children: items };
}

function separated(lines: readonly Rich[][]): Rich[] {
  return lines.flatMap((line, index) =>
    index === 0 ? line : [{ kind: 'break' } as const, ...line],
  );
}

interface Token {
  rich: Rich;
  length: number;
}

function readInline(text: string, mentions: Mentions): Rich[] {
  const result: Rich[] = [];
  let start = 0;
  let at = 0;
  while (at < text.length) {
    const token = tokenAt(text, at, mentions);
    if (token === undefined) {
      at++;
      continue;
    }
    if (at > start) result.push(plain(text.slice(start, at)));
    result.push(token.rich);
    at += token.length;
    start = at;
  }
  if (start < text.length) result.push(plain(text.slice(start)));
  return result;
}

function tokenAt(text: string, at: number, mentions: Mentions): Token | undefined {
  switch (text[at]) {
    case '`':
      return codeAt(text, at);
    case '<':
      return bracketAt(text, at, mentions);
    case '@':
      return nameAt(text, at, mentions);
    case 'h':
      return urlAt(text, at);
    case '*':
      return spanAt(text, at, 'bold', mentions);
    case '_':
      return spanAt(text, at, 'italic', mentions);
    case '~':
      return spanAt(text, at, 'strike', mentions);
    default:
      return undefined;
  }
}

function codeAt(text: string, at: number): Token | undefined {
  const match = matchAt(/`([^`]+)`/y, text, at);
  if (match === undefined) return undefined;
  return { rich: { kind: 'code', children: [plain(match[1] ?? '')] }, length: match[0].length };
}

/** A mention, or a link with or without a label. */
function bracketAt(text: string, at: number, mentions: Mentions): Token | undefined {
  const match = matchAt(/<([^<>|\s]+)(?:\|([^<>]+))?>/y, text, at);
  if (match === undefined) return undefined;
  const [whole, target = '', label] = match;
  if (target === 'users/all')
    return { rich: { kind: 'mention', text: '@all' }, length: whole.length };
  const name = mentions.nameOf(target);
  if (name !== undefined) {
    return { rich: { kind: 'mention', text: `@${name}` }, length: whole.length };
  }
  const url = safeUrl(target);
  if (url === undefined) return undefined;
  return { rich: { kind: 'link', url, children: [plain(label ?? target)] }, length: whole.length };
}

function nameAt(text: string, at: number, { named }: Mentions): Token | undefined {
  const name = named.find((one) => text.startsWith(one, at + 1));
  if (name === undefined) return undefined;
  return { rich: { kind: 'mention', text: `@${name}` }, length: name.length + 1 };
}

/** A URL that stands in the text as it is. Punctuation at its end belongs to the sentence. */
function urlAt(text: string, at: number): Token | undefined {
  if (isWordAt(text, at - 1)) return undefined;
  const match = matchAt(/https?:\/\/[^\s<>]*[^\s<>.,;:!?'")\]}*_~]/y, text, at);
  const url = match && safeUrl(match[0]);
  if (match === undefined || url === undefined) return undefined;
  return { rich: { kind: 'link', url, children: [plain(match[0])] }, length: match[0].length };
}

/** `*bold*`: around words, not inside of them. */
function spanAt(
  text: string,
  at: number,
  kind: 'bold' | 'italic' | 'strike',
  mentions: Mentions,
): Token | undefined {
  const mark = text[at];
  if (mark === undefined || isWordAt(text, at - 1) || isSpaceAt(text, at + 1)) return undefined;
  for (let end = text.indexOf(mark, at + 2); end !== -1; end = text.indexOf(mark, end + 1)) {
    if (isSpaceAt(text, end - 1) || isWordAt(text, end + 1)) continue;
    const children = readInline(text.slice(at + 1, end), mentions);
    return { rich: { kind, children }, length: end + 1 - at };
  }
  return undefined;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function isWordAt(text: string, at: number): boolean {
  return /[\p{L}\p{N}]/u.test(text.charAt(at));
}

/** Also where there is nothing. */
function isSpaceAt(text: string, at: number): boolean {
  return text.charAt(at).trim() === '';
}
