/**
 * Waits for something, and not for ever.
 *
 * @param what is waited for, for the error; asked for when it has not come
 * @throws what `work` throws; an Error when it takes longer
 */
export async function within<T>(
  what: string | (() => string),
  limitMs: number,
  work: Promise<T>,
): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const name = typeof what === 'string' ? what : what();
    reject(new Error(`${name}: not within ${limitMs / 1000} s`));
  }, limitMs);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
