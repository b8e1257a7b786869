import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  maskJson,
  maskOAuth,
  maskText,
  withoutCapability,
} from '../../../simulator/journal/mask.ts';

const MASKED = /^(.*)…\(masked, [0-9a-f]{4}\)$/;

describe('a mask', () => {
  for (const { what, secret, kind } of [
    { what: 'an access token', secret: 'ya29.a0abcdefghijkl', kind: 'ya29.' },
    { what: 'a refresh token', secret: '1//0abcdefghijkl', kind: '1//0' },
    { what: 'a code', secret: '4/0Aabcdefghijkl', kind: '4/0A' },
    { what: 'a client’s secret', secret: 'GOCSPX-abcdefghijkl', kind: 'GOCSPX-' },
    { what: 'a JWT', secret: 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2lnbmF0dXJl', kind: 'eyJ' },
  ]) {
    it(`hides ${what} anywhere in a text, and tells what it was`, () => {
      const masked = maskText(`Bearer ${secret}`);
      assert.ok(!masked.includes(secret));
      assert.equal(MASKED.exec(masked)?.[1], `Bearer ${kind}`);
    });
  }

  it('tells two secrets apart, and the same one again', () => {
    const [one, again, other] = ['ya29.abcdefgh', 'ya29.abcdefgh', 'ya29.abcdefgi'].map(maskText);
    assert.equal(one, again);
    assert.notEqual(one, other);
  });

  it('is the same for a secret in a form and in a URL', () => {
    const code = '4/0Aabcdefghijkl';
    const inForm = maskOAuth({ code }).code;
    const inUrl = maskText(`/oauth2?code=${encodeURIComponent(code)}`);
    assert.equal(inUrl, `/oauth2?code=${inForm}`);
  });

  it('hides what the parameters of a link lead to, whatever they look like', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\w~.%-]{8,60}$/), (secret) => {
        const link = `https://x.example/auth?scope=a&state=${secret}&nonce=${secret}`;
        const masked = maskText(`<${link}|Connect>`);
        assert.ok(!masked.includes(`=${secret}`), masked);
        assert.ok(masked.startsWith('<https://x.example/auth?scope=a&state='));
      }),
    );
  });

  it('leaves Chat’s own JSON as it is, but for the link that makes Chat repeat the event', () => {
    const event = {
      message: { text: 'ya29 is no token', retentionSettings: { state: 'PERMANENT' } },
      action: { parameters: [{ key: 'incident', value: 'x' }] },
      configCompleteRedirectUrl: 'https://chat.google.com/api/bot_config_complete?token=abc',
    };
    const { configCompleteRedirectUrl, ...rest } = maskJson(event);
    const { configCompleteRedirectUrl: _secret, ...asWas } = event;
    assert.deepEqual(rest, asWas);
    assert.match(configCompleteRedirectUrl, /bot_config_complete\?…\(masked, [0-9a-f]{4}\)$/);
  });

  it('hides the fields of OAuth by their names: nothing else tells that they are secrets', () => {
    const form = { grant_type: 'authorization_code', code_verifier: 'v'.repeat(43), state: 's' };
    const masked = maskOAuth(form);
    assert.equal(masked.grant_type, 'authorization_code');
    assert.match(masked.code_verifier, MASKED);
    assert.match(masked.state, MASKED);
  });

  it('takes nothing but Chat’s secret out of what is saved: a person may write what looks like one', () => {
    const event = { text: 'see /x?key=abcdefgh', configCompleteRedirectUri: 'https://c/?token=t' };
    const saved = withoutCapability(event);
    assert.equal(saved.text, event.text);
    assert.match(saved.configCompleteRedirectUri, /^https:\/\/c\/\?…\(masked/);
  });
});
