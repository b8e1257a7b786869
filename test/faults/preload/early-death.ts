/** Loaded before a process that is to die while it starts: after so many milliseconds, in `POSTERN_TEST_DEATH_MS`. */
setTimeout(
  () => process.kill(process.pid, 'SIGKILL'),
  Number(process.env['POSTERN_TEST_DEATH_MS'] ?? '0'),
);
