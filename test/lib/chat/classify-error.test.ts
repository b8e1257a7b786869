import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import { chat } from '@googleapis/chat';
import fc from 'fast-check';
import { OAuth2Client } from 'google-auth-library';
import { classifyError, isAlreadyThere } from '../../../src/lib/chat/classify-error.ts';
import { ChatError } from '../../../src/lib/errors.ts';
import { freePort } from '../../support/emulators.ts';
import { type Answer, type Answered, googleError, startScriptedServer } from './scripted-server.ts';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const TOKEN = 'ya29.secret-token';
const TEXT = 'what Ana wrote in confidence';

/** What the real client throws when it posts a message and the server at `rootUrl` doesn't want it. */
async function thrownBy(rootUrl: string, signal?: AbortSignal): Promise<unknown> {
  const auth = new OAuth2Client();
  auth.setCredentials({ access_token: TOKEN });
  const { spaces } = chat({
    version: 'v1',
    rootUrl,
    auth,
    retry: false,
    fetchImplementation: fetch,
  });
  const params = { parent: 'spaces/AAA', requestBody: { text: TEXT } };
  try {
    await spaces.messages.create(params, signal === undefined ? {} : { signal });
  } catch (error) {
    return error;
  }
  return assert.fail('The client threw nothing');
}

async function classified(t: TestContext, answer: Answer): Promise<ChatError> {
  const { url } = await startScriptedServer(t, answer);
  return classifyError(await thrownBy(url), NOW);
}

type Refusal = readonly [name: string, answer: Answered, code: ChatError['code'], advice: RegExp];

/** Google's errors as they were seen or are documented. */
const refusals: readonly Refusal[] = [
  [
    'a name that is taken',
    googleError(409, 'ALREADY_EXISTS', 'Requested entity already exists'),
    'chat_already_exists',
    /another name/,
  ],
  [
    'a bad or expired token',
    googleError(
      401,
      'UNAUTHENTICATED',
      'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid ' +
        'authentication credential.',
    ),
    'chat_unauthenticated',
    /must be renewed/,
  ],
  [
    'a token without the scope, by its reason',
    googleError(403, 'PERMISSION_DENIED', 'Unexpected wording', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT'),
    'chat_scope_missing',
    /Ask the person/,
  ],
  [
    'a token without the scope, by its wording',
    googleError(403, 'PERMISSION_DENIED', 'Request had insufficient authentication scopes.'),
    'chat_scope_missing',
    /Ask the person/,
  ],
  [
    'an app outside the space',
    googleError(403, 'PERMISSION_DENIED', 'This Chat app is not a member of this space.'),
    'chat_not_member',
    /add it/,
  ],
  [
    'a missing approval',
    googleError(
      403,
      'PERMISSION_DENIED',
      'The administrator must grant the app the required OAuth authorization scope for this action.',
    ),
    'chat_forbidden',
    /administrator/,
  ],
  [
    'an API that is turned off, by its reason',
    googleError(403, 'PERMISSION_DENIED', 'Unexpected wording', 'SERVICE_DISABLED'),
    'chat_app_not_configured',
    /Turn it on/,
  ],
  [
    'an API that is turned off, by its wording',
    googleError(
      403,
      'PERMISSION_DENIED',
      'Google Chat API has not been used in project 123 before or it is disabled.',
    ),
    'chat_app_not_configured',
    /Turn it on/,
  ],
  [
    'a space that is gone, or closed to whoever asks',
    googleError(
      403,
      'PERMISSION_DENIED',
      "Permission denied to perform the requested action on the specified resource, or the resource doesn't exist.",
    ),
    'chat_forbidden',
    /no right there/,
  ],
  [
    'an app that was never configured',
    googleError(
      404,
      'NOT_FOUND',
      'Google Chat app not found. To create a Chat app, you must turn on the Chat API and configure the app in the ' +
        'Google Cloud console.',
    ),
    'chat_app_not_configured',
    /Configure it/,
  ],
  [
    'an unknown entity',
    googleError(404, 'NOT_FOUND', 'Requested entity was not found.'),
    'chat_not_found',
    /gone/,
  ],
  [
    'a malformed request',
    googleError(400, 'INVALID_ARGUMENT', 'Invalid JSON payload received.'),
    'chat_invalid_request',
    /Check the text or card/,
  ],
  [
    'a request too large',
    googleError(413, 'INVALID_ARGUMENT', 'Too large'),
    'chat_invalid_request',
    /Check the text or card/,
  ],
  [
    'a conflict of two changes',
    googleError(409, 'ABORTED', 'The operation was aborted.'),
    'chat_unavailable',
    /can be repeated/,
  ],
  [
    'an exhausted quota',
    googleError(429, 'RESOURCE_EXHAUSTED', 'Too many requests'),
    'chat_rate_limited',
    /quota/,
  ],
  ...[408, 500, 502, 503, 504].map(
    (status): Refusal => [
      `a failure of Google's (${status})`,
      googleError(status, 'UNAVAILABLE', 'The service is currently unavailable.'),
      'chat_unavailable',
      /can be repeated/,
    ],
  ),
  [
    'a load balancer without a body',
    { status: 502, body: '<html>Bad Gateway</html>' },
    'chat_unavailable',
    /can be repeated/,
  ],
  [
    'a proxy that forbids',
    { status: 403, body: '<html>Blocked by policy</html>' },
    'chat_unavailable',
    /proxy/,
  ],
];

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

describe('Retry-After', () => {
  const headers: [header: string, ms: number | undefined][] = [
    ['0', 0],
    ['7', 7_000],
    [' 120 ', 120_000],
    ['Sat, 21 Nov 2026 10:00:30 GMT', 30_000],
    ['Sat, 21 Nov 2026 09:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
  ];
  for (const [header, ms] of headers) {
    it(`${JSON.stringify(header)} is ${ms === undefined ? 'no time' : `${ms} ms`}`, async (t) => {
      const answer = googleError(429, 'RESOURCE_EXHAUSTED', 'Too many requests');
      const error = await classified(t, { ...answer, headers: { 'retry-after': header } });
      assert.equal(error.retryAfterMs, ms);
    });
  }

  it('is never negative, whatever it says', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.date().map(String)), (header) => {
        const response = { status: 503, headers: new Headers({ 'retry-after': header }) };
        const url = new URL('https://chat.googleapis.com/v1/spaces/A/messages');
        const { retryAfterMs } = classifyError({ config: { url }, response }, NOW);
        assert.ok(retryAfterMs === undefined || retryAfterMs >= 0);
      }),
    );
  });
});
