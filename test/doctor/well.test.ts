import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { diagnose, openPractice, type Practice } from './practice.ts';
import { readReport } from './read-report.ts';

describe('the doctor, where all is well,', () => {
  let practice: Practice;
  before(async () => {
    practice = await openPractice();
  });
  after(() => practice.end());

  it('finds nothing wrong, and leaves nothing unknown', async () => {
    const { ok, checks } = await diagnose(practice);
    assert.deepEqual(
      checks.filter(({ status }) => status !== 'ok'),
      [],
    );
    assert.ok(ok);
    assert.deepEqual(
      [...new Set(checks.map(({ area }) => area))],
      [
        'Configuration',
        'Network',
        'Credentials',
        'Pub/Sub',
        'Google Chat',
        'Consent',
        'Store and keys',
      ],
    );
  });

  it('says so in lines for people, and by its exit code', async () => {
    const { code, out, err } = await practice.examine();
    assert.equal(code, 0);
    assert.match(
      out,
      /^Configuration\n {2}✓ subscriber and oauth-web can start with it\n\nNetwork\n/,
    );
    assert.match(out, /\n0 failed, \d+ ok, 0 skipped, 0 unknown\.\n$/);
    assert.equal(err, '');
  });

  it('tells programs the same as people, each finding under its name', async () => {
    const changes = { PUBSUB_SUBSCRIPTION: 'postren', TOKEN_KEYS: 'k1:short' };
    const [report, { out }] = await Promise.all([
      diagnose(practice, changes),
      practice.examine(changes),
    ]);
    const marks = { ok: '✓', failed: '✗', skipped: '–', unknown: '?' };
    assert.deepEqual(
      report.checks.map(({ area, status, found, remedy = '' }) => {
        return { area, mark: marks[status], found, remedy };
      }),
      readReport(out),
    );
    assert.deepEqual(
      report.checks.filter(({ status }) => status !== 'ok').map(({ check }) => check),
      ['configuration', 'subscription', 'keys'],
    );
  });

  it('leaves nothing in the store, and publishes and posts nothing', async () => {
    const { google, folder } = practice;
    const messages = () =>
      google.world.spaces().map(({ resource }) => google.world.messages(resource.name).length);
    const before = messages();
    await practice.examine();
    const copy = join(folder, 'copy');
    for (const file of readdirSync(folder).filter((name) => name.includes('.sqlite'))) {
      cpSync(join(folder, file), join(copy, file));
    }
    const database = new DatabaseSync(join(copy, 'postern.sqlite'));
    for (const table of ['grants', 'consents', 'requests', 'people']) {
      assert.equal(
        database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()?.['rows'],
        0,
        table,
      );
    }
    database.close();
    assert.deepEqual(messages(), before);
    assert.equal(google.pubsub.backlog(google.subscription).waiting, 0);
  });

  it('makes no database where there is none', async () => {
    const path = join(practice.folder, 'elsewhere', 'postern.sqlite');
    const { checks } = await diagnose(practice, { STORE: `sqlite:${path}` });
    const found = checks.find(({ check }) => check === 'store');
    assert.equal(found?.status, 'ok');
    assert.match(found.found, /isn’t there yet/);
    assert.ok(!existsSync(join(practice.folder, 'elsewhere')));
  });

  it('asks of oauth-web only what oauth-web needs', async () => {
    const { out, code } = await practice.examine(
      {
        PUBSUB_SUBSCRIPTION: '',
        PUBSUB_TOPIC: '',
        NOTIFICATIONS_SUBSCRIPTION: '',
        PUBSUB_EMULATOR_HOST: '',
      },
      ['--for', 'oauth-web'],
    );
    assert.equal(code, 0, out);
    assert.doesNotMatch(out, /Google Chat|the subscription|\(Pub\/Sub\) is reached/);
    assert.match(out, /\nPub\/Sub\n {2}– needs PUBSUB_TOPIC and PUBSUB_SUBSCRIPTION, to see that/);
  });

  it('needs no OAuth client where people are acted for by delegation', async () => {
    const { out, code } = await practice.examine(
      { USER_AUTH: 'delegation', OAUTH_CLIENT_FILE: 'nowhere.json' },
      ['--for=subscriber'],
    );
    assert.equal(code, 0, out);
    assert.match(out, /– USER_AUTH=delegation needs no OAuth client/);
  });

  it('explains itself, and says what it doesn’t understand', async () => {
    const help = await practice.examine({}, ['--help']);
    assert.equal(help.code, 0);
    assert.match(help.out, /It changes nothing/);
    const wrong = await practice.examine({}, ['--for', 'everybody', '--jsn', 'please']);
    assert.equal(wrong.code, 64);
    assert.match(
      wrong.err,
      /^--jsn is none .*\n“please” is one word too many\.\n--for takes subscriber or oauth-web\.\nSee npm run doctor/,
    );
  });
});
