import type { Page } from '../lib/store/administration.ts';

const PAGE = 100;

/** All entries of a list, a page at a time. */
export async function* pagesOf<Entry, Cursor>(
  list: (page: Page<Cursor>) => Promise<Entry[]>,
  cursorOf: (entry: Entry) => Cursor,
  signal: AbortSignal,
): AsyncGenerator<Entry[]> {
  let last: Entry | undefined;
  for (;;) {
    signal.throwIfAborted();
    const after = last === undefined ? undefined : cursorOf(last);
    const page = await list({ after, limit: PAGE });
    if (page.length > 0) yield page;
    last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
  }
}
