import { type GroupKind, plain, type Rich, safeUrl } from './rich-text.ts';

/** The tags of text in cards that have no attributes (chat-platform.md, section 9). */
const GROUPS: ReadonlyMap<string, GroupKind> = new Map([
  ['b', 'bold'],
  ['i', 'italic'],
  ['u', 'underline'],
  ['s', 'strike'],
  ['code', 'code'],
  ['ul', 'list'],
  ['ol', 'numbers'],
  ['li', 'item'],
]);

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

const TOKEN =
  /<(?<close>\/?)(?<tag>[a-z]+)(?<attributes>\s[^<>]*?)?\s*\/?>|&(?<entity>#?\w+);|(?<line>\n)/gi;

interface Open {
  tag: string;
  children: Rich[];
}

/** Reads the subset of HTML that text in cards may use. Tags that don't belong to it go, their content stays. */
export function readCardHtml(html: string): Rich[] {
  const root: Rich[] = [];
  const open: Open[] = [{ tag: '', children: root }];
  let end = 0;
  for (const match of html.matchAll(TOKEN)) {
    addText(open, html.slice(end, match.index));
    end = match.index + match[0].length;
    readToken(open, match[0], match.groups ?? {});
  }
  addText(open, html.slice(end));
  return root;
}

type Groups = Readonly<Record<string, string | undefined>>;

function readToken(open: Open[], whole: string, groups: Groups): void {
  const tag = groups['tag']?.toLowerCase();
  if (groups['entity'] !== undefined) addText(open, decode(whole, groups['entity']));
  else if (groups['line'] !== undefined || tag === 'br') innermost(open).push({ kind: 'break' });
  else if (tag !== undefined && groups['close'] === '/') closeTag(open, tag);
  else if (tag !== undefined) openTag(open, tag, groups['attributes'] ?? '');
}

function openTag(open: Open[], tag: string, attributes: string): void {
  const children: Rich[] = [];
  const element = elementFor(tag, attributes, children);
  if (element === undefined) return;
  innermost(open).push(element);
  open.push({ tag, children });
}

function elementFor(tag: string, attributes: string, children: Rich[]): Rich | undefined {
  const kind = GROUPS.get(tag);
  if (kind !== undefined) return { kind, children };
  if (tag === 'a') {
    const url = safeUrl(attribute(attributes, 'href'));
    return url === undefined ? undefined : { kind: 'link', url, children };
  }
  const color = attribute(attributes, 'color');
  const isColor = tag === 'font' && /^#[\da-f]{3,6}$/i.test(color);
  return isColor ? { kind: 'color', color, children } : undefined;
}

/** Closes what is still open inside, too. A tag that was never opened closes nothing. */
function closeTag(open: Open[], tag: string): void {
  const index = open.findLastIndex((element) => element.tag === tag);
  if (index > 0) open.length = index;
}

function innermost(open: readonly Open[]): Rich[] {
  return open.at(-1)?.children ?? [];
}

function addText(open: readonly Open[], text: string): void {
  const children = innermost(open);
  const last = children.at(-1);
  if (last?.kind === 'text') last.text += text;
  else if (text !== '') children.push(plain(text));
}

function attribute(attributes: string, name: string): string {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(attributes);
  return (match?.[1] ?? match?.[2] ?? '').replace(/&(#?\w+);/g, decode);
}

function decode(whole: string, entity: string): string {
  const [, hex, decimal] = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(entity) ?? [];
  const digits = hex === undefined ? decimal : `0x${hex}`;
  if (digits === undefined) return ENTITIES[entity] ?? whole;
  const codePoint = Number(digits);
  return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : whole;
}
