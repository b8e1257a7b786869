/** A walk through the consent pages. */
export interface Consenting {
  /** The link that the app gave the person. */
  url: string;
  /** Which account they choose. */
  userId: string;
  /** `true` ticks every box, a list only those scopes; `false` is Cancel. */
  allow: boolean | readonly string[];
}

/**
 * Consents as a person would, without a browser: opens the link, chooses the account, ticks the boxes, and presses the button.
 *
 * @returns where the browser would be sent then: the app's redirect URI, with a code or an error. It isn't opened.
 * @throws when a page is not what it should be
 */
export async function consentAs({ url, userId, allow }: Consenting): Promise<URL> {
  const chooser = await open(url);
  if (chooser instanceof URL) return chooser;
  const consent = await open(linkFor(chooser, userId));
  if (consent instanceof URL) return consent;
  const sentBack = await open(consent.url, {
    method: 'POST',
    body: answer(consent, allow),
    headers: { Origin: new URL(consent.url).origin },
  });
  if (sentBack instanceof URL) return sentBack;
  throw new Error('Consenting led to another page, and not back to the app.');
}

interface Page {
  url: string;
  markup: string;
}

/** The page, or where it sends the browser. */
async function open(url: string, init: RequestInit = {}): Promise<Page | URL> {
  const response = await fetch(url, { ...init, redirect: 'manual' });
  const location = response.headers.get('location');
  if (location !== null) return new URL(location, url);
  const markup = await response.text();
  if (response.ok) return { url, markup };
  throw new Error(
    `A consent page answered ${response.status}: ${/class="error">([^<]*)/.exec(markup)?.[1]}`,
  );
}

function linkFor({ url, markup }: Page, userId: string): string {
  for (const [, attributes = ''] of markup.matchAll(/<a\s([^>]*)>/g)) {
    const href = attribute(attributes, 'href');
    if (attribute(attributes, 'data-user') === userId && href !== undefined) {
      return new URL(href, url).href;
    }
  }
  throw new Error('The account chooser does not offer that account.');
}

/** What the browser would post. */
function answer({ markup }: Page, allow: Consenting['allow']): URLSearchParams {
  const form = new URLSearchParams({ decision: allow === false ? 'cancel' : 'continue' });
  const boxes = [...markup.matchAll(/<input\s([^>]*)>/g)]
    .map(([, attributes = '']) => attribute(attributes, 'value'))
    .filter((value) => value !== undefined);
  const ticked = typeof allow === 'boolean' ? boxes.filter(() => allow) : allow;
  for (const scope of boxes.filter((box) => ticked.includes(box))) form.append('scope', scope);
  return form;
}

function attribute(attributes: string, name: string): string | undefined {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1]?.replaceAll('&amp;', '&');
}
