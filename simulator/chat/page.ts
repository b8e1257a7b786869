import { invalid } from './api-error.ts';
import type { Query } from './query.ts';

/** One page of a list, and the token of the next one if there is more. */
export function pageOf<T>(
  query: Query,
  all: readonly T[],
  { defaultSize, maxSize }: { defaultSize: number; maxSize: number },
): { items: T[]; nextPageToken?: string } {
  const asked = query.number('pageSize') ?? 0;
  if (asked < 0) throw invalid('The page size is negative.');
  const size = Math.min(asked === 0 ? defaultSize : asked, maxSize);
  const start = offsetOf(query.text('pageToken'));
  const end = start + size;
  return {
    items: all.slice(start, end),
    ...(end < all.length
      ? { nextPageToken: Buffer.from(`from ${end}`).toString('base64url') }
      : {}),
  };
}

function offsetOf(pageToken: string | undefined): number {
  if (!pageToken) return 0;
  const offset = /^from (\d+)$/.exec(Buffer.from(pageToken, 'base64url').toString())?.[1];
  if (offset === undefined) throw invalid('Invalid page token.');
  return Number(offset);
}
