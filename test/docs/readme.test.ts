import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  loadAdminConfig,
  loadAdminGrantsConfig,
  loadAdminKeysConfig,
} from '../../src/lib/config/admin-config.ts';
import {
  loadCliAccountConfig,
  loadCliAppConfig,
  loadCliDelegationConfig,
} from '../../src/lib/config/cli-config.ts';
import { loadOAuthWebConfig, loadSubscriberConfig } from '../../src/lib/config/config.ts';
import { ConfigError } from '../../src/lib/config/problem.ts';
import type { Environment } from '../../src/lib/config/read.ts';
import { VARIABLES, type VariableName } from '../../src/lib/config/variables.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

/** `npm run chat`, for each whom it may act as. */
const CHAT: readonly Load[] = [
  loadCliAppConfig,
  loadCliDelegationConfig,
  (environment, readText) => loadCliAccountConfig(environment, readText, '/home/ana'),
];

/** `npm run admin`, for what each of its commands needs. */
const ADMIN: readonly Load[] = [loadAdminConfig, loadAdminGrantsConfig, loadAdminKeysConfig];

/** Not parsed by us: Google's libraries, or gRPC, read them for themselves. */
const OF_THE_LIBRARIES = [
  'GOOGLE_APPLICATION_CREDENTIALS',
  'PUBSUB_EMULATOR_HOST',
  'FIRESTORE_EMULATOR_HOST',
  'https_proxy',
];

/** A row of the configuration table. */
interface Row {
  name: string;
  usedBy: string;
  byDefault: string;
}

const table: readonly Row[] = readme
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .flatMap(([, name = '', usedBy = '', , byDefault = '']) => {
    const [, variable] = /^`(\w+)`$/.exec(name) ?? [];
    return variable === undefined || byDefault === ''
      ? []
      : [{ name: variable, usedBy, byDefault }];
  });

const names = Object.keys(VARIABLES).filter((name) => isVariable(name));

describe('the README', () => {
  for (const command of ['npm ci && npm start', 'npm ci && npm test']) {
    it(`begins with ${command}`, () => {
      const [firstScreen = ''] = readme.split(/^## .*Google/m);
      assert.ok(firstScreen.split('\n').includes(command));
    });
  }

  it('has every variable in its table, once, and none that isn’t read', () => {
    const told = table.map(({ name }) => name);
    assert.deepEqual(told.toSorted(), [...names, ...OF_THE_LIBRARIES].toSorted());
  });

  for (const name of names) {
    it(`tells the default of ${name}`, () => {
      const { schema } = VARIABLES[name];
      const { byDefault } = row(name);
      const leftOut = schema.safeParse(undefined);
      if (!leftOut.success) return assert.equal(byDefault, 'required');

      const [, value] = /^`([^`]+)`$/.exec(byDefault) ?? [];
      if (value === undefined) {
        assert.ok(isNothing(leftOut.data), `there is a default, to be told in backticks`);
        assert.notEqual(byDefault, 'required');
        return;
      }
      assert.deepEqual(schema.parse(value), leftOut.data, 'set to its default, it changes nothing');
      assert.ok(!isNothing(leftOut.data));
    });

    it(`tells which process reads ${name}`, () => {
      const subscriber = read(loadSubscriberConfig).has(name) ? ['subscriber'] : [];
      const oauthWeb = read(loadOAuthWebConfig).has(name) ? ['oauth-web'] : [];
      const processes = [...subscriber, ...oauthWeb];
      const chat = CHAT.some((load) => read(load).has(name)) ? ['chat'] : [];
      const admin = ADMIN.some((load) => read(load).has(name)) ? ['admin'] : [];
      const expected = [...(processes.length === 2 ? ['both'] : processes), ...chat, ...admin];
      assert.equal(row(name).usedBy, expected.join(', '));
    });
  }

  it('links to files that are there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => path);
    assert.ok(links.length > 0);
    for (const path of links) readFileSync(join(import.meta.dirname, '../..', path));
  });
});

function isVariable(name: string): name is VariableName {
  return Object.hasOwn(VARIABLES, name);
}

function row(name: string): Row {
  const found = table.find((candidate) => candidate.name === name);
  assert.ok(found, `${name} is not in the table`);
  return found;
}

function isNothing(value: unknown): boolean {
  return value === undefined || (value instanceof Map && value.size === 0);
}

type Load = (environment: Environment, readText: () => string) => unknown;

/** The variables that a process asks the environment for. */
function read(load: Load): Set<string> {
  const asked = new Set<string>();
  const environment = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get(_target, name) {
        asked.add(String(name));
        return undefined;
      },
    },
  );
  try {
    load(environment, () => '{}');
  } catch (error) {
    assert.ok(error instanceof ConfigError);
  }
  return asked;
}
