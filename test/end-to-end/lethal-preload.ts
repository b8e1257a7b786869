/** Loaded before a process that is to die at one request: at the first call that brings `POSTERN_TEST_LETHAL` along. */
const lethal = process.env['POSTERN_TEST_LETHAL'];
const real = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const body = init?.body;
  if (lethal !== undefined && typeof body === 'string' && body.includes(lethal)) {
    process.kill(process.pid, 'SIGKILL');
    // Nothing of it reaches anybody any more.
    await new Promise(() => {});
  }
  return await real(input, init);
};
