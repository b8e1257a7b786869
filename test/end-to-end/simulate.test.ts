import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import type { Report } from '../../simulator/simulate/report.ts';

const MENTION = 'test/fixtures/mention.json';
const HELP = 'test/fixtures/help-in-direct-message.json';

interface Ran {
  code: number;
  out: string;
  told: string;
}

/** `npm run simulate`, without npm. */
function simulate(...words: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const process_ = execFile(
      process.execPath,
      ['simulator/simulate.ts', ...words],
      (_error, out, told) => resolve({ code: process_.exitCode ?? -1, out, told }),
    );
  });
}

async function report(...words: string[]): Promise<Report> {
  const { code, out, told } = await simulate('--json', ...words);
  assert.equal(code, 0, out + told);
  return z.custom<Report>().parse(JSON.parse(out));
}

describe('a recorded event', () => {
  it('is answered in its own space, to its own person, in their language', async () => {
    const { dialect, kind, person, space, settled, outcomes, ledger, calls, messages, log } =
      await report(MENTION);
    assert.deepEqual(
      { dialect, kind, person, space, settled },
      {
        dialect: 'classic',
        kind: 'message',
        person: 'Clara Lind',
        space: 'spaces/AAAAfixture1',
        settled: true,
      },
    );
    assert.deepEqual(outcomes, [{ outcome: 'parked' }]);
    assert.deepEqual(ledger, [{ state: 'waiting', outcome: null, failures: 0 }]);
    assert.deepEqual(calls, [
      { method: 'messages.create', as: 'app', resource: 'spaces/AAAAfixture1', status: 200 },
    ]);
    const [question, ...more] = messages;
    assert.deepEqual(more, []);
    assert.ok(question?.isPrivate);
    assert.deepEqual(question.seenBy, ['Clara Lind']);
    assert.match(question.card.join('\n'), /Conect/);
    assert.deepEqual(log, []);
  });

  it('is posted in their name when they have connected before', async () => {
    const { outcomes, ledger, calls, messages } = await report('--granted', MENTION);
    assert.deepEqual(outcomes, [{ outcome: 'answered' }]);
    assert.deepEqual(ledger, [{ state: 'done', outcome: 'answered', failures: 0 }]);
    assert.deepEqual(
      calls.map(({ method, as, status }) => ({ method, as, status })),
      [{ method: 'messages.create', as: 'Clara Lind', status: 200 }],
    );
    assert.deepEqual(
      messages.map(({ name: _name, ...message }) => message),
      [
        {
          from: 'Clara Lind',
          via: 'Postern',
          seenBy: ['Clara Lind'],
          isPrivate: false,
          text: 'We ship at noon',
          card: [],
        },
      ],
    );
  });

  it('can be told in Chat’s other format, and comes to the same', async () => {
    const { dialect, outcomes, messages } = await report(
      '--granted',
      '--dialect',
      'add-on',
      MENTION,
    );
    assert.equal(dialect, 'add-on');
    assert.deepEqual(outcomes, [{ outcome: 'answered' }]);
    assert.deepEqual(
      messages.map(({ text, from }) => ({ text, from })),
      [{ text: 'We ship at noon', from: 'Clara Lind' }],
    );
  });

  it('is reported for people, with nothing secret in it', async () => {
    const { code, out, told } = await simulate(HELP);
    assert.equal(code, 0, told);
    assert.match(out, /^Event {6}message of Diego Prado, in spaces\/BBBBfixture2 \(add-on\)$/m);
    assert.match(out, /^Settled {4}yes$/m);
    assert.match(out, /^Outcome {4}answered$/m);
    assert.match(out, /^Ledger {5}done: answered$/m);
    assert.match(out, /^Calls {6}200 messages\.create as app \(spaces\/BBBBfixture2\)$/m);
    assert.match(out, /^Messages {3}Postern \(Diego Prado can see it\)$/m);
    assert.match(out, /status — See which account/);
    assert.doesNotMatch(out, /https?:/);
    assert.equal(told, '');
  });

  it('that didn’t settle in time ends with 1, and says so', async () => {
    const { code, out } = await simulate('--wait', '0', HELP);
    assert.equal(code, 1);
    assert.match(out, /^Settled {4}no: /m);
  });
});

describe('what is no recorded event', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'postern-events-'));
  });
  after(() => rmSync(folder, { recursive: true }));
  const file = (text: string): string => {
    const path = join(folder, 'event.json');
    writeFileSync(path, text);
    return path;
  };

  it('is sent all the same when it is an object: the app says what it makes of it', async () => {
    const { kind, outcomes, ledger } = await report(file('{"type":"MESSAGE"}'));
    assert.equal(kind, 'unreadable');
    assert.deepEqual(outcomes, [{ outcome: 'unreadable', reason: 'no-user' }]);
    assert.deepEqual(ledger, []);
  });

  it('is taken out of what Pub/Sub wraps around it', async () => {
    const data = readFileSync(HELP).toString('base64');
    const { person, outcomes } = await report(file(JSON.stringify({ message: { data } })));
    assert.equal(person, 'Diego Prado');
    assert.deepEqual(outcomes, [{ outcome: 'answered' }]);
  });

  for (const [what, words, code] of [
    ['what isn’t understood', ['--dialect', 'v2', HELP], 64],
    ['a file without an event', ['README.md'], 65],
    ['a file that isn’t there', ['/nowhere/event.json'], 66],
  ] as const) {
    it(`ends with ${code} and nothing but words on what to do: ${what}`, async () => {
      const ran = await simulate(...words);
      assert.equal(ran.code, code);
      assert.match(ran.told, /^[^\n]+\.\n/);
      assert.doesNotMatch(ran.told, /\bat .*:\d+:\d+/, 'no stack');
      assert.equal(ran.out, '');
    });
  }

  it('tells how to use it', async () => {
    const { code, out } = await simulate('--help');
    assert.equal(code, 0);
    assert.match(out, /npm run simulate -- event\.json/);
  });
});
