import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import {
  loadCliAccountConfig,
  loadCliAppConfig,
  loadCliDelegationConfig,
} from '../../../src/lib/config/cli-config.ts';
import {
  loadOAuthWebConfig,
  loadSubscriberConfig,
  type ReadText,
} from '../../../src/lib/config/config.ts';
import { ConfigError } from '../../../src/lib/config/problem.ts';
import { VARIABLES } from '../../../src/lib/config/variables.ts';
import { CLIENT_SECRET, disk, KEY, LEAST } from './setting.ts';

/** Key material, whole, cut short, spelt otherwise or in bad company, in any variable. */
const secret = fc.constantFrom(
  KEY,
  `k1:${KEY}`,
  `k1:${KEY},${KEY}`,
  `k1:${KEY}x`,
  `sqlite:x,${KEY}`,
  `ops=https://chat.googleapis.com/v1/spaces/A/messages?key=k&key=${KEY}`,
  `https://chat.googleapis.com/v1/spaces/A/messages?key=k&token=${KEY}`,
);
const text = fc.oneof(fc.string(), secret, fc.constantFrom('1', 'consent', 'postern', ''));
const environments = fc.record(
  Object.fromEntries(Object.keys(VARIABLES).map((name) => [name, text])),
  { requiredKeys: [] },
);
const files: fc.Arbitrary<ReadText> = fc.oneof(
  fc.constant(disk()),
  fc.json().map((json) => disk(json)),
  fc.constant(disk(`{"web":{"client_secret":"${CLIENT_SECRET}","token_uri":"${KEY}"}}`)),
);

const LOADERS = [
  loadSubscriberConfig,
  loadOAuthWebConfig,
  loadCliAppConfig,
  loadCliDelegationConfig,
  (...args: Parameters<typeof loadOAuthWebConfig>) => loadCliAccountConfig(...args, '/home/ana'),
];

it('a load never fails but with a ConfigError, whose report tells no secret, wherever it was', () => {
  fc.assert(
    fc.property(environments, files, (environment, readText) => {
      for (const load of LOADERS) {
        const report = reportOf(() => load(environment, readText));
        assert.ok(!report.includes(KEY) && !report.includes(CLIENT_SECRET), report);
      }
    }),
    { numRuns: 500 },
  );
});

it('the same with the least that is required, so that single mistakes are met as well', () => {
  const mostlyRight = fc.tuple(fc.constantFrom(...Object.keys(VARIABLES)), text);
  fc.assert(
    fc.property(mostlyRight, files, ([name, value], readText) => {
      const report = reportOf(() => loadSubscriberConfig({ ...LEAST, [name]: value }, readText));
      assert.ok(!report.includes(KEY) && !report.includes(CLIENT_SECRET), report);
    }),
    { numRuns: 500 },
  );
});

/** Empty when there is nothing to report. */
function reportOf(load: () => unknown): string {
  try {
    load();
    return '';
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return `${error.message} ${JSON.stringify(error.problems)}`;
  }
}
