import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { classifyError } from '../../../src/lib/chat/classify-error.ts';
import { googleError } from './scripted-server.ts';
import { classified, NOW } from './thrown-by-client.ts';

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
