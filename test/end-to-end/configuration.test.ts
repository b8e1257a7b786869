import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';

describe('a process without its configuration', () => {
  for (const [entry, needed] of [
    [
      'src/subscriber/main.ts',
      ['PUBSUB_SUBSCRIPTION', 'PUBSUB_TOPIC', 'TOKEN_KEYS', 'OAUTH_CLIENT_FILE'],
    ],
    ['src/oauth-web/main.ts', ['TOKEN_KEYS', 'OAUTH_CLIENT_FILE']],
  ] as const) {
    it(`exits with 78 and the whole list of problems: ${entry}`, () => {
      const { status, stderr } = spawnSync(process.execPath, [entry], {
        env: { PATH: process.env['PATH'], OAUTH_CLIENT_FILE: '/nowhere.json' },
        encoding: 'utf8',
      });

      assert.equal(status, 78);
      for (const variable of needed)
        assert.match(stderr, new RegExp(`^  ${variable}: .+\n    → .+`, 'm'));
    });
  }
});
