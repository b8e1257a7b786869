/** Leaves out the properties that are undefined, so that they are absent in JSON and in memory alike. */
export function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> };
export function defined(object: object): object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
