import { createHash } from 'node:crypto';

interface Page {
  status: number;
  title: string;
  /** Paragraphs. */
  text: readonly string[];
}

/**
 * Everything a browser may be shown. Fixed words: nothing that came with a request is in them. They tell people what happened,
 * whether anything was stored, and what to do next.
 */
const PAGES = {
  success: {
    status: 200,
    title: 'You’re connected',
    text: [
      'Go back to Google Chat: what you asked for is being carried out now.',
      'You can close this tab.',
    ],
  },
  declined: {
    status: 403,
    title: 'Not connected',
    text: [
      'You chose not to give your permission. That’s fine: nothing was stored, and nothing will be posted in your name.',
      'If you change your mind, open the link in Google Chat again.',
    ],
  },
  refused: {
    status: 403,
    title: 'Google didn’t allow this',
    text: [
      'Google ended the sign-in before you could give your permission. Nothing was stored.',
      'Your organization may not allow this app yet. Please ask your administrator.',
    ],
  },
  'other-account': {
    status: 403,
    title: 'That was a different account',
    text: [
      'The link belongs to the person who asked the app in Google Chat. You signed in with another account, so nothing was stored.',
      'If the link is yours, open it in Google Chat again and choose the account that you use there. If somebody sent it to you, close this tab: you don’t need to do anything.',
    ],
  },
  'permission-missing': {
    status: 403,
    title: 'A permission is missing',
    text: [
      'You’re signed in, but not every permission that was asked for was ticked. Whatever needs the missing one won’t be done.',
      'To give it, open the link in Google Chat again, or ask the app once more for a new one, and tick all the boxes.',
    ],
  },
  expired: {
    status: 410,
    title: 'This link doesn’t work any more',
    text: [
      'A link to connect works for an hour. Nothing was stored.',
      'Ask the app in Google Chat once more, and it will send you a new one.',
    ],
  },
  'already-used': {
    status: 409,
    title: 'This link was used already',
    text: [
      'A link to connect works once. If it was you who used it, you’re connected: go back to Google Chat.',
      'If something is still missing, ask the app in Google Chat once more.',
    ],
  },
  'bad-request': {
    status: 400,
    title: 'This didn’t work',
    text: [
      'What your browser brought here is not what a link from Google Chat leads to, or it was brought a second time. Nothing was stored.',
      'Open the link in Google Chat again, rather than reloading this page.',
    ],
  },
  'not-available': {
    status: 503,
    title: 'Please try again in a moment',
    text: [
      'We couldn’t finish connecting you just now. Nothing is lost.',
      'Wait a minute, then open the link in Google Chat again.',
    ],
  },
  'not-found': {
    status: 404,
    title: 'There’s nothing here',
    text: ['This address is only for people who come from a link in Google Chat.'],
  },
  'method-not-allowed': {
    status: 405,
    title: 'This can only be opened',
    text: ['This address only answers browsers that open it from a link in Google Chat.'],
  },
} as const satisfies Record<string, Page>;

export type PageName = keyof typeof PAGES;

export interface RenderedPage {
  status: number;
  html: string;
}

/** A page, ready to be sent. */
export function renderPage(name: PageName): RenderedPage {
  const { status, title, text } = PAGES[name];
  const paragraphs = text.map((paragraph) => `<p>${paragraph}</p>`).join('\n');
  return { status, html: layout(title, paragraphs) };
}

/** The source expression that lets the pages' one style sheet through a content security policy. */
export function styleSource(): string {
  return `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;
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

function layout(title: string, paragraphs: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Postern</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="app">Postern</p>
<h1>${title}</h1>
${paragraphs}
</main>
</body>
</html>
`;
}
