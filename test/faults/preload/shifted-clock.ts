/** Loaded before a process that is to live at another time: by so many milliseconds, in `POSTERN_TEST_CLOCK_MS`. */
const shift = Number(process.env['POSTERN_TEST_CLOCK_MS'] ?? '0');
const real = Date.now;
const now = (): number => real() + shift;

globalThis.Date = new Proxy(Date, {
  construct(target, given, newTarget) {
    const made: unknown = Reflect.construct(
      target,
      given.length === 0 ? [now()] : given,
      newTarget,
    );
    if (made instanceof target) return made;
    throw new TypeError('A date is no date');
  },
  get(target, key, receiver) {
    const value: unknown = Reflect.get(target, key, receiver);
    return key === 'now' ? now : value;
  },
});
