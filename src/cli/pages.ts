import type { Page } from '../lib/callback/page.ts';

/** What the browser shows at the end of a sign-in. The terminal tells the rest, in English too. */
export const PAGES = {
  success: {
    status: 200,
    title: 'You’re signed in',
    text: [
      'Go back to the terminal: your command is being carried out now.',
      'You can close this tab.',
    ],
  },
  declined: {
    status: 403,
    title: 'Not signed in',
    text: [
      'You chose not to give your permission. That’s fine: nothing was stored, and nothing was done in your name.',
      'You can close this tab.',
    ],
  },
  failed: {
    status: 403,
    title: 'Not signed in',
    text: [
      'Nothing was stored, and nothing was done in your name. The terminal says why.',
      'You can close this tab.',
    ],
  },
  'bad-request': {
    status: 400,
    title: 'This didn’t work',
    text: [
      'What your browser brought here is not what the link in the terminal leads to. Nothing was stored.',
      'Open the link in the terminal again.',
    ],
  },
  'already-used': {
    status: 409,
    title: 'This link was used already',
    text: ['The link in the terminal works once. The terminal says what came of it.'],
  },
  'not-found': {
    status: 404,
    title: 'There’s nothing here',
    text: ['This address is only for people who come from the link in the terminal.'],
  },
  'method-not-allowed': {
    status: 405,
    title: 'This can only be opened',
    text: ['This address only answers browsers that open it from the link in the terminal.'],
  },
} as const satisfies Record<string, Omit<Page, 'locale'>>;

export type PageName = keyof typeof PAGES;
