/** @import { Rich } from '../rich-text.ts' */
import { element } from './dom.js';

/** @type {Record<import('../rich-text.ts').GroupKind, keyof HTMLElementTagNameMap>} */
const TAGS = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  code: 'code',
  'code-block': 'pre',
  quote: 'blockquote',
  list: 'ul',
  numbers: 'ol',
  item: 'li',
};

/**
 * The nodes that show formatted text.
 *
 * @param {readonly Rich[]} text
 * @returns {Node[]}
 */
export function richNodes(text) {
  return text.map(richNode);
}

/**
 * @param {Rich} rich
 * @returns {Node}
 */
function richNode(rich) {
  switch (rich.kind) {
    case 'text':
      return document.createTextNode(rich.text);
    case 'break':
      return element('br');
    case 'mention':
      return element('span', { class: 'mention' }, [rich.text]);
    case 'link':
      return linkTo(rich.url, richNodes(rich.children));
    case 'color': {
      const span = element('span', {}, richNodes(rich.children));
      span.style.color = rich.color;
      return span;
    }
    default:
      return element(TAGS[rich.kind], {}, richNodes(rich.children));
  }
}

/**
 * A link to another page, which learns nothing of this one.
 *
 * @param {string} url
 * @param {readonly (Node | string)[]} children
 * @param {Readonly<Record<string, string>>} [attributes]
 */
export function linkTo(url, children, attributes = {}) {
  return element(
    'a',
    { href: url, target: '_blank', rel: 'noopener noreferrer', ...attributes },
    children,
  );
}
