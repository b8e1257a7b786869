import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { freePort } from '../../../simulator/free-port.ts';
import { classifyError, isAlreadyThere } from '../../../src/lib/chat/classify-error.ts';
import { ChatError } from '../../../src/lib/errors.ts';
import { refusals } from './refusals.ts';
import { googleError, startScriptedServer } from './scripted-server.ts';
import { classified, NOW, TEXT, thrownBy } from './thrown-by-client.ts';

describe("Chat's refusals", () => {
  for (const [name, answer, code, advice] of refusals) {
    it(`are told apart: ${name} is ${code}`, async (t) => {
      const error = await classified(t, answer);
      assert.equal(error.code, code);
      assert.match(error.message, advice);
      assert.equal(error.status, answer.status);
      assert.equal(error.retryable, code === 'chat_unavailable' || code === 'chat_rate_limited');
    });

    it(`leave nothing of the request or the answer in the error: ${name}`, async (t) => {
      const error = await classified(t, answer);
      const printed = inspect(error, { depth: 10, showHidden: true });
      assert.doesNotMatch(printed, /ya29|Bearer|confidence|127\.0\.0\.1/);
      const said = JSON.stringify(answer.body).match(/"message":"([^"]+)"|<html>([^<]+)/);
      const words = said?.[1] ?? said?.[2] ?? assert.fail('The answer has no words');
      assert.ok(!printed.includes(words));
    });
  }

  it('keep their machine-readable reason for the operator', async (t) => {
    const refusal = googleError(403, 'PERMISSION_DENIED', 'x', 'SERVICE_DISABLED');
    const error = await classified(t, refusal);
    assert.ok(error.cause instanceof Error);
    assert.deepEqual({ ...error.cause }, { code: 'SERVICE_DISABLED' });
  });

  it('take no text for a reason', async (t) => {
    const refusal = googleError(403, 'PERMISSION_DENIED', 'x', `not a CODE: ${TEXT}`);
    const error = await classified(t, refusal);
    assert.ok(error.cause instanceof Error);
    assert.deepEqual({ ...error.cause }, { code: 'PERMISSION_DENIED' });
  });

  const shapes = [null, [], 'text', { error: 'invalid' }, { error: { details: 7, message: {} } }];
  for (const body of shapes) {
    it(`may have any body: ${JSON.stringify(body)}`, async (t) => {
      const error = await classified(t, { status: 403, body });
      assert.equal(error.status, 403);
    });
  }
});

describe('a message that exists already', () => {
  for (const reason of [undefined, 'MESSAGE_ID_IN_USE']) {
    it(`is recognised (reason: ${reason})`, async (t) => {
      const answer = googleError(409, 'ALREADY_EXISTS', 'Requested entity already exists', reason);
      const { url } = await startScriptedServer(t, answer);
      assert.equal(isAlreadyThere(await thrownBy(url)), true);
    });
  }

  it('is not mistaken for another conflict', async (t) => {
    const { url } = await startScriptedServer(t, googleError(409, 'ABORTED', 'Try again'));
    assert.equal(isAlreadyThere(await thrownBy(url)), false);
  });
});

describe('no answer', () => {
  const assertNoAnswer = (error: ChatError, code?: string): void => {
    assert.equal(error.code, 'chat_unavailable');
    assert.equal(error.status, undefined);
    assert.ok(error.cause instanceof Error);
    if (code !== undefined) assert.deepEqual({ ...error.cause }, { code });
    assert.doesNotMatch(inspect(error, { depth: 10, showHidden: true }), /ya29|confidence|127\.0/);
  };

  it('is chat_unavailable when nobody listens', async () => {
    const error = await thrownBy(`http://127.0.0.1:${await freePort()}`);
    assertNoAnswer(classifyError(error, NOW), 'ECONNREFUSED');
  });

  it('is chat_unavailable when the connection is cut', async (t) => {
    assertNoAnswer(await classified(t, 'cut'), 'UND_ERR_SOCKET');
  });

  const aborted: readonly [when: string, signal: () => AbortSignal][] = [
    ['the time is over', () => AbortSignal.timeout(1)],
    ['the caller aborts', () => AbortSignal.abort()],
    ['the caller aborts with an error', () => AbortSignal.abort(new Error('Shutting down'))],
    ['the caller aborts with a string', () => AbortSignal.abort('shutting down')],
  ];
  for (const [when, signal] of aborted) {
    it(`is chat_unavailable when ${when}`, async (t) => {
      const { url } = await startScriptedServer(t, 'hang');
      assertNoAnswer(classifyError(await thrownBy(url, signal()), NOW));
    });
  }

  it("is chat_unavailable for the signal's own error", () => {
    assertNoAnswer(classifyError(AbortSignal.abort().reason, NOW));
  });
});

describe("the app's credentials", () => {
  const tokenEndpoint = (status: number): unknown => ({
    config: { url: new URL('https://oauth2.googleapis.com/token') },
    response: { status, headers: new Headers(), data: { error: 'invalid_grant' } },
  });

  for (const status of [400, 401, 403, 404]) {
    it(`can't be used when they are refused with ${status}, which says nothing about the space`, () => {
      const error = classifyError(tokenEndpoint(status), NOW);
      assert.equal(error.code, 'chat_unauthenticated');
      assert.match(error.message, /GOOGLE_APPLICATION_CREDENTIALS/);
    });
  }

  for (const status of [408, 429, 500, 503]) {
    it(`may come later when their server answers ${status}`, () => {
      const error = classifyError(tokenEndpoint(status), NOW);
      assert.equal(error.code, 'chat_unavailable');
      assert.match(error.message, /credentials/);
    });
  }

  it("can't be used when there are none", () => {
    const error = classifyError(new Error('Could not load the default credentials.'), NOW);
    assert.equal(error.code, 'chat_unauthenticated');
  });
});

describe('an error that is classified already', () => {
  it('stays as it is', () => {
    const error = new ChatError('chat_invalid_request', 'Too long');
    assert.equal(classifyError(error, NOW), error);
  });
});
