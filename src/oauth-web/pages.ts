import { type RenderedPage, renderPage as render } from '../lib/callback/page.ts';
import type { Words } from '../lib/words/en.ts';
import type { Language } from '../lib/words/language.ts';

/**
 * Everything a browser may be shown, each with its HTTP status. The words are fixed: nothing that came with a request is in
 * them. They tell people what happened, whether anything was stored, and what to do next.
 */
const STATUS = {
  success: 200,
  'connected-in-part': 200,
  declined: 403,
  refused: 403,
  'other-account': 403,
  'permission-missing': 403,
  expired: 410,
  'already-used': 409,
  'bad-request': 400,
  'too-many': 429,
  'not-available': 503,
  'not-found': 404,
  'method-not-allowed': 405,
} as const satisfies Record<keyof Words['pages'], number>;

export type PageName = keyof typeof STATUS;

/** A page, ready to be sent. */
export function renderPage(name: PageName, { words, locale }: Language): RenderedPage {
  return render({ status: STATUS[name], locale, ...words.pages[name] });
}
