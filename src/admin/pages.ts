import type { Listed, Page } from '../lib/store/administration.ts';
import { type Corrupt, toCorrupt } from './corrupt.ts';

const PAGE = 100;

/**
 * All records of a list, a page at a time.
 *
 * @param corrupt gets those that can't be read
 */
export async function* pagesOf<Entry>(
  list: (page: Page) => Promise<Listed<Entry>[]>,
  { collection, corrupt }: { collection: Corrupt['collection']; corrupt: Corrupt[] },
  signal: AbortSignal,
): AsyncGenerator<Entry[]> {
  for (let after: Page['after']; ; ) {
    signal.throwIfAborted();
    const page = await list({ after, limit: PAGE });
    const records: Entry[] = [];
    for (const one of page) {
      if ('record' in one) records.push(one.record);
      else corrupt.push(toCorrupt(collection, one.at.key, one.corrupt));
    }
    if (records.length > 0) yield records;
    after = page.at(-1)?.at;
    if (page.length < PAGE) return;
  }
}
