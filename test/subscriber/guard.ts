/** Called before every call of a guarded object, with its path: `grants.get`. What it throws, the call rejects with. */
export type Enter = (path: string) => void | Promise<void>;

/** The same object, with somebody at the door of each of its (asynchronous) methods. */
export function guard<T extends object>(target: T, enter: Enter, path: readonly string[] = []): T {
  return new Proxy(target, {
    get(object, property) {
      const member: unknown = Reflect.get(object, property, object);
      const name = [...path, String(property)];
      if (typeof member === 'object' && member !== null) return guard(member, enter, name);
      if (typeof member !== 'function') return member;
      return async (...parameters: unknown[]): Promise<unknown> => {
        await enter(name.join('.'));
        return Reflect.apply(member, object, parameters);
      };
    },
  });
}
