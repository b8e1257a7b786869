import { escapeHtml } from '../../lib/chat/cards.ts';
import type { Card } from '../../lib/chat/chat.ts';

/** Why a card isn't posted. Stable: metrics name them. */
export type CardFault =
  /** No real card is; and what walks it may not run out of stack. */
  | 'card-too-deep'
  /** A click would come to this app, and could pass for one on a card of ours. */
  | 'card-action'
  /** A link that isn't one of the web. */
  | 'card-link'
  /** Markdown, without the producer's leave. */
  | 'card-markup';

/** Cards within cards and lists within lists apart, Chat's widgets lie about a dozen levels deep. */
const MAX_DEPTH = 40;

/** What calls back to the app has one of these in its field's name: `action`, `onChangeAction`, `externalDataSource`… */
const CALLING_BACK = /action|datasource/;
/** What the menu of a card consists of, and how an entry is called. What an entry does is an `onClick` like any other. */
const HARMLESS = new Set(['cardactions', 'actionlabel']);

/**
 * What is wrong with a card that a system has sent: the first that is found, or nothing.
 *
 * @param card any JSON object
 * @param markup whether the producer has asked for markup
 */
export function faultInCard(card: object, markup: boolean): CardFault | undefined {
  return faultIn(card, markup, 1);
}

function faultIn(value: unknown, markup: boolean, depth: number): CardFault | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > MAX_DEPTH) return 'card-too-deep';
  for (const [name, inner] of Object.entries(value)) {
    const fault = faultOf(fieldName(name), inner, markup) ?? faultIn(inner, markup, depth + 1);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function faultOf(name: string, value: unknown, markup: boolean): CardFault | undefined {
  if (CALLING_BACK.test(name) && !HARMLESS.has(name)) return 'card-action';
  if (name === 'openlink' && !isWebLink(value)) return 'card-link';
  if (name === 'textsyntax' && !markup && value !== 'HTML') return 'card-markup';
  return undefined;
}

/** Google reads `onClick` and `on_click` alike (ProtoJSON). */
function fieldName(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

function isWebLink(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('url' in value)) return false;
  const url = typeof value.url === 'string' ? URL.parse(value.url) : null;
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:');
}

/** The same card, with all of its text shown as it is written. For cards without a fault. */
export function withPlainTexts(card: Card): Card {
  // Same structure: only strings were replaced, by strings.
  return plain(card, '', '') as Card;
}

/** @param name the field that the value is in, and `around` the one around that */
function plain(value: unknown, name: string, around: string): unknown {
  if (typeof value === 'string') return isHtml(name, around) ? escapeHtml(value) : value;
  if (Array.isArray(value)) return value.map((item: unknown) => plain(item, name, around));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([inner, member]) => [inner, plain(member, fieldName(inner), name)]),
  );
}

/** Which texts of a card are HTML (the cards' reference; chat-platform.md, section 9). */
function isHtml(name: string, around: string): boolean {
  if (name === 'header' || name === 'toplabel' || name === 'bottomlabel') return true;
  return name === 'text' && (around === 'textparagraph' || around === 'decoratedtext');
}
