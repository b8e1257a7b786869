import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { VARIABLES } from '../../src/lib/config/variables.ts';

const root = join(import.meta.dirname, '../..');
const FILES = [
  'compose/compose.yaml',
  'compose/firestore.yaml',
  'systemd/postern-subscriber.service',
  'systemd/postern-oauth-web.service',
  'kubernetes/postern.yaml',
  'cloudrun/oauth-web.service.yaml',
  'cloudrun/subscriber.workerpool.yaml',
];
/** Read by Node and Google's libraries. */
const OTHERS = ['GOOGLE_APPLICATION_CREDENTIALS', 'NODE_ENV'];

/** After which the watchdog within the process kills it, as docs/operation.md says. */
const HANG_SECONDS = 30;

describe('deploy', () => {
  for (const file of FILES) {
    const text = readFileSync(join(root, 'deploy', file), 'utf8');

    it(`sets only variables that there are, in ${file}`, () => {
      const lines = /^ *(?:- (?:{ )?name: |Environment=)?([A-Z][A-Z_]+)(?:[:=,]|$)/gm;
      const names = [...text.matchAll(lines)].map(([, name = '']) => name);
      assert.ok(names.length > 0);
      for (const name of names) assert.ok(name in VARIABLES || OTHERS.includes(name), name);
    });

    it(`starts only what there is, in ${file}`, () => {
      for (const [, process] of text.matchAll(/dist\/([\w-]+)\/main\.js/g)) {
        assert.ok(existsSync(join(root, `src/${process}/main.ts`)), process);
      }
    });

    it(`leaves more time to stop than a stop may take, in ${file}`, () => {
      const drain = VARIABLES.DRAIN_SECONDS.schema.parse(undefined);
      const graces =
        /^ *(?:stop_grace_period: |TimeoutStopSec=|terminationGracePeriodSeconds: )(\d+)/gm;
      const seconds = [...text.matchAll(graces)].map(([, number]) => Number(number));
      // Cloud Run's is its own: the process is given less.
      assert.ok(seconds.length > 0 || /firestore|cloudrun/.test(file));
      for (const grace of seconds) assert.ok(grace > drain);
    });
  }

  const subscriber = readFileSync(join(root, 'deploy/systemd/postern-subscriber.service'), 'utf8');
  const secondsOf = (setting: string): number =>
    Number(new RegExp(`^${setting}=(\\d+)$`, 'm').exec(subscriber)?.[1]);

  it('lets a subscriber look for Google for as long as it may take, before systemd takes its start for failed', () => {
    const patience = VARIABLES.RECONNECT_SECONDS.schema.parse(undefined);
    assert.ok(secondsOf('TimeoutStartSec') > patience);
  });

  it('leaves a loop that hangs to the watchdog within the process, which says where', () => {
    assert.ok(secondsOf('WatchdogSec') > HANG_SECONDS);
  });
});
