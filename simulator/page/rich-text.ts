/** Formatted text, as the page shows it. It holds no markup any more: the browser makes elements of it, and text nodes. */
export type Rich =
  | { kind: 'text'; text: string }
  | { kind: 'break' }
  | { kind: 'mention'; text: string }
  | { kind: 'link'; url: string; children: Rich[] }
  | { kind: 'color'; color: string; children: Rich[] }
  | { kind: GroupKind; children: Rich[] };

export type GroupKind =
  | 'bold'
  | 'italic'
  | 'underline'
  | 'strike'
  | 'code'
  | 'code-block'
  | 'quote'
  | 'list'
  | 'numbers'
  | 'item';

export function plain(text: string): Rich {
  return { kind: 'text', text };
}

const SAFE_SCHEMES = new Set(['http:', 'https:', 'mailto:']);

/** A URL that a link may lead to: no `javascript:` and the like. */
export function safeUrl(text: string): string | undefined {
  const url = URL.parse(text);
  return url !== null && SAFE_SCHEMES.has(url.protocol) ? url.href : undefined;
}

/** The same without its looks. */
export function plainText(text: readonly Rich[]): string {
  return text.map(plainPart).join('');
}

function plainPart(rich: Rich): string {
  if (rich.kind === 'text' || rich.kind === 'mention') return rich.text;
  if (rich.kind === 'break') return ' ';
  const inside = plainText(rich.children);
  return rich.kind === 'item' ? `${inside} ` : inside;
}

/** Chat turns http into https (chat-platform.md, section 9). On this machine there is no https. */
export function openableUrl(text: string): string | undefined {
  const url = safeUrl(text);
  if (url === undefined || /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]/.test(url)) return url;
  return url.replace(/^http:/, 'https:');
}
