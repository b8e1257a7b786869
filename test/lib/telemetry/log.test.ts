import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { ChatError } from '../../../src/lib/errors.ts';
import type { LogFields } from '../../../src/lib/telemetry/log.ts';
import { type LogLine, recordLog } from './recorded-log.ts';

const TOKEN = 'ya29.a0AfB_secret-token';

function lineOf(write: (log: ReturnType<typeof recordLog>['log']) => void): LogLine {
  const { log, lines } = recordLog('debug');
  write(log);
  const [line, ...more] = lines;
  assert.ok(line !== undefined && more.length === 0);
  return line;
}

const loggedError = (error: unknown): LogLine => lineOf((log) => log.error('failed', { error }));

for (const [level, severity] of [
  ['debug', 'DEBUG'],
  ['info', 'INFO'],
  ['warn', 'WARNING'],
  ['error', 'ERROR'],
] as const) {
  it(`writes ${level} as a JSON line with severity ${severity}, message, time and service`, () => {
    const line = lineOf((log) => log[level]('something happened', { count: 3 }));
    const { time, ...rest } = line;
    assert.deepEqual(rest, { severity, service: 'test', message: 'something happened', count: 3 });
    assert.match(String(time), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });
}

it('writes nothing below its level', () => {
  const { log, lines } = recordLog('warn');
  log.debug('no');
  log.info('no');
  log.warn('yes');
  assert.deepEqual(
    lines.map(({ message }) => message),
    ['yes'],
  );
});

it('leaves out fields without a value', () => {
  const line = lineOf((log) => log.info('event', { reason: undefined, outcome: 'answered' }));
  assert.ok(!('reason' in line));
  assert.equal(line['outcome'], 'answered');
});

it('drops fields that are not on the list, even when the types were got round', () => {
  const forced: LogFields & Record<string, unknown> = {
    outcome: 'answered',
    text: 'the merger is off',
    token: TOKEN,
    url: `https://a.example/?code=${TOKEN}`,
    user: 'users/101',
    severity: 'EMERGENCY',
  };
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    const line = lineOf((log) => log[level]('event', forced));
    assert.deepEqual(Object.keys(line).toSorted(), [
      'message',
      'outcome',
      'service',
      'severity',
      'time',
    ]);
    assert.notEqual(line['severity'], 'EMERGENCY');
  }
});

it('tells the code and the message of an error of ours, and of what caused it', () => {
  const cause = Object.assign(new Error(TOKEN), { code: 'ECONNRESET' });
  const error = new ChatError('chat_unavailable', 'Chat is not available.', { cause });
  const { error: logged } = loggedError(error);
  assert.partialDeepStrictEqual(logged, {
    name: 'ChatError',
    code: 'chat_unavailable',
    message: 'Chat is not available.',
    retryable: true,
    cause: { name: 'Error', code: 'ECONNRESET' },
  });
  assert.ok(!JSON.stringify(logged).includes(TOKEN));
});

it('tells the class and the place of a foreign error, but not its message', () => {
  const line = loggedError(new TypeError(`can't read ${TOKEN}`));
  assert.partialDeepStrictEqual(line['error'], { name: 'TypeError' });
  assert.match(JSON.stringify(line['error']), /log\.test\.ts:\d+:\d+/);
  assert.ok(!JSON.stringify(line).includes(TOKEN));
});

it('tells nothing of a failed HTTP call but its code: neither request nor answer', () => {
  const config = {
    url: new URL(`https://chat.googleapis.com/v1/spaces/A/messages?access_token=${TOKEN}`),
    headers: { Authorization: `Bearer ${TOKEN}` },
    data: { text: 'the merger is off' },
  };
  const error = Object.assign(new Error(`Request failed with ${TOKEN}`), {
    name: 'GaxiosError',
    code: 'ECONNRESET',
    status: 403,
    config,
    response: { status: 403, config, data: { error_description: TOKEN } },
    cause: new Error(TOKEN),
  });
  const line = loggedError(error);
  assert.partialDeepStrictEqual(line['error'], { name: 'GaxiosError', code: 'ECONNRESET' });
  const text = JSON.stringify(line);
  assert.ok(!text.includes(TOKEN) && !text.includes('merger') && !text.includes('Bearer'));
});

it('takes only what looks like a code for one', () => {
  const withCode = (code: unknown) => loggedError(Object.assign(new Error('x'), { code }));
  assert.partialDeepStrictEqual(withCode(14), { error: { code: 14 } });
  assert.partialDeepStrictEqual(withCode('ERR_MODULE_NOT_FOUND'), {
    error: { code: 'ERR_MODULE_NOT_FOUND' },
  });
  for (const code of [TOKEN, '4/0AX4secret', { code: TOKEN }, '']) {
    const { error } = withCode(code);
    assert.ok(typeof error === 'object' && error !== null && !('code' in error));
  }
});

it('tells of what isn’t an error only what kind of thing it is', () => {
  assert.deepEqual(loggedError(TOKEN)['error'], { name: 'string' });
  assert.deepEqual(loggedError({ token: TOKEN })['error'], { name: 'object' });
  assert.deepEqual(loggedError(null)['error'], { name: 'object' });
});

it('never passes on a foreign message, also when it looks like a stack', () => {
  const lines = fc.array(fc.constantFrom(TOKEN, `    at ${TOKEN}`, `at f (${TOKEN}:1:1)`, '', 'x'));
  fc.assert(
    fc.property(lines, (message) => {
      const line = loggedError(new Error(message.join('\n')));
      assert.ok(!JSON.stringify(line).includes(TOKEN));
    }),
  );
});

it('never passes on a message that was changed after the stack had been written', () => {
  const error = new Error(`\n    at ${TOKEN}`);
  assert.ok(error.stack?.includes(TOKEN), 'it is written when it is first read');
  error.message = 'something else';
  assert.ok(!JSON.stringify(loggedError(error)).includes(TOKEN));
});
