/** Loaded before a process that is to live at another time: by so many milliseconds, in `POSTERN_TEST_CLOCK_MS`. */
const shift = Number(process.env['POSTERN_TEST_CLOCK_MS'] ?? '0');
const real = Date.now;
const now = (): number => real() + shift;

globalThis.Date = new Proxy(Date, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
});
