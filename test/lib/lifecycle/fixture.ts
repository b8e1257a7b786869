import { once } from 'node:events';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { ConfigError } from '../../../src/lib/config/problem.ts';
import { type Fatal, type Running, runProcess } from '../../../src/lib/lifecycle.ts';
import { createLog } from '../../../src/lib/telemetry/log.ts';

/** Processes that end in one way each; the argument says which. They print what happens to them. */
const log = createLog('fixture');

const quick: Running = {
  async stop() {
    log.info('finished');
  },
};
const slow: Running = { stop: () => wait(60_000) };
const clumsy: Running = { stop: () => Promise.reject(new Error('secret words')) };

/** Takes until the platform asks, too. */
const patient: Running = {
  async stop() {
    log.info('finishing');
    await once(process, 'SIGTERM');
    log.info('finished');
  },
};
const careless: Running = {
  async stop() {
    void Promise.reject(new Error('secret words'));
    await turn();
  },
};

const ways: Record<string, (fatal: Fatal) => Promise<Running>> = {
  quick: async () => quick,
  slow: async () => slow,
  clumsy: async () => clumsy,
  careless: async () => careless,
  'fatal-and-patient': async (fatal) => {
    setImmediate(() => fatal('it can’t go on'));
    return patient;
  },
  'never-started': () => new Promise(() => {}),
  'bad-config': async () => {
    throw new ConfigError([
      { variable: 'STORE', problem: 'is missing', remedy: 'Set it.' },
      { variable: 'PORT', problem: 'is no port', remedy: 'Choose one.' },
    ]);
  },
  'bad-start': async () => {
    throw new Error('secret words');
  },
  fatal: async (fatal) => {
    setImmediate(() => fatal('it can’t go on', new Error('secret words')));
    return quick;
  },
  rejection: async () => {
    setImmediate(() => void Promise.reject(new Error('secret words')));
    return quick;
  },
  exception: async () => {
    setImmediate(() => {
      throw new Error('secret words');
    });
    return quick;
  },
};

/** Ways to hang. */
const hangs: Record<string, () => void> = {
  'hung-in-a-loop': function runsInCircles() {
    for (;;);
  },
  'hung-in-a-call': function waitsForNobody() {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  },
  'hung-in-writing': function talksToNobody() {
    for (;;) log.info('is anybody there?');
  },
  'hung-for-a-moment': function waitsForAWhile() {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    log.info('it turns again');
  },
};
for (const [name, hang] of Object.entries(hangs)) {
  ways[name] = async () => {
    setImmediate(hang);
    return quick;
  };
}

// What keeps a real process alive is its server or its stream.
setInterval(() => {}, 60_000);
const way = ways[process.argv[2] ?? ''];
if (way === undefined) throw new Error('no such way');
await runProcess(
  'fixture',
  () => log,
  async (fatal) => {
    const starting = way(fatal);
    log.info('started');
    return await starting;
  },
  {
    environment: process.env,
    ...(process.argv[3] === 'impatient' ? { beatMs: 50, beats: 10 } : {}),
  },
);
