import { createHash } from 'node:crypto';

/** What a browser is shown at the end of a consent. Fixed words: nothing that came with a request may be in them. */
export interface Page {
  status: number;
  /** The language of its words. */
  locale: string;
  title: string;
  /** Paragraphs. */
  text: readonly string[];
}

export interface RenderedPage {
  status: number;
  html: string;
}

/** A page, ready to be sent. */
export function renderPage({ status, locale, title, text }: Page): RenderedPage {
  const paragraphs = text.map((paragraph) => `<p>${paragraph}</p>`).join('\n');
  return { status, html: layout(locale, title, paragraphs) };
}

/** The source expression that lets the pages' one style sheet through a content security policy. */
export function styleSource(): string {
  return `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;
}

/** What only our pages have. */
const SIGN = '<p class="app">Postern</p>';

/** Whether what some server has answered is a page of Postern's, of whichever version. */
export function isOurPage(html: string): boolean {
  return html.includes(SIGN);
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1f2328; --soft: #57606a; --paper: #f6f8fa; --card: #fff; --line: #d0d7de; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --soft: #9ea7b3; --paper: #0d1117; --card: #161b22; --line: #30363d; }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem;
  font: 1.0625rem/1.6 system-ui, sans-serif; color: var(--ink); background: var(--paper);
}
main { max-width: 32rem; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.app { margin: 0 0 1.25rem; font-size: .875rem; letter-spacing: .04em; color: var(--soft); }
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25; }
p { margin: 0 0 .75rem; }
p:last-child { margin-bottom: 0; color: var(--soft); }
`;

function layout(locale: string, title: string, paragraphs: string): string {
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Postern</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${SIGN}
<h1>${title}</h1>
${paragraphs}
</main>
</body>
</html>
`;
}
