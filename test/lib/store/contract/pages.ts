import type { Cursor, Listed, Page } from '../../../../src/lib/store/administration.ts';

/** All of a list, by pages of two: its records, and those that can't be read. */
export async function everyPage<T>(
  list: (page: Page) => Promise<Listed<T>[]>,
): Promise<{ records: T[]; corrupt: { key: string; message: string }[] }> {
  const records: T[] = [];
  const corrupt: { key: string; message: string }[] = [];
  for (let after: Cursor | undefined; ; ) {
    const page = await list({ after, limit: 2 });
    for (const one of page) {
      if ('record' in one) records.push(one.record);
      else corrupt.push({ key: one.at.key, message: one.corrupt.message });
    }
    after = page.at(-1)?.at;
    if (after === undefined) return { records, corrupt };
  }
}
