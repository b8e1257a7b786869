import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ChatError, StoreError } from '../../src/lib/errors.ts';
import type { ConsentStore } from '../../src/lib/store/consent-store.ts';
import { sealed } from '../../src/lib/store/records.ts';
import { type CallbackDeps, handleCallback } from '../../src/oauth-web/callback.ts';
import { createExchangeGate } from '../../src/oauth-web/exchange-gate.ts';
import { ADA, aConsent, NOW } from '../lib/store/contract/fixture.ts';

const query = { state: 'A'.repeat(43), code: 'code' };
const secret = sealed.parse('v1.k.AAAA');

/** What comes of a callback in which everything is right, but for what happens in the store. */
function callback(store: Partial<ConsentStore>): ReturnType<typeof handleCallback> {
  const deps: CallbackDeps = {
    store: {
      consents: {
        get: async () => ({ ...aConsent(), status: 'pending' }),
        complete: async () => 'completed',
        ...store,
      },
    },
    sealer: { seal: async () => secret, open: async () => 'opened' },
    server: {
      exchangeCode: async () => ({ idToken: 'i', refreshToken: 'r', scopes: ['openid'] }),
      verifyIdToken: async () => ({ user: ADA }),
    },
    gate: createExchangeGate(1),
    clock: () => NOW,
    issuer: 'https://accounts.google.com',
  };
  return handleCallback(query, deps);
}

describe('a callback whose ticket was good when it was looked up', () => {
  const table = [
    ['completed', 'connected'],
    ['already-used', 'ticket-used'],
    ['expired', 'ticket-expired'],
    ['unknown', 'ticket-unknown'],
  ] as const;
  for (const [answer, reason] of table) {
    it(`and is ${answer} when the store writes: ${reason}`, async () => {
      const result = await callback({ complete: async () => answer });
      assert.deepEqual(result, { reason, requestId: aConsent().requestId });
    });
  }
});

describe('what fails in the store', () => {
  it('has a page when its record is not as we write it', async () => {
    const error = new StoreError('store_corrupt', 'not as Postern writes it');
    const get = () => Promise.reject(error);
    assert.deepEqual(await callback({ get }), { reason: 'store-unavailable', error });
  });

  it('is a defect, and none of a callback’s ends, when nobody has foreseen it', async () => {
    const defects = [
      new ChatError('chat_unavailable', 'not asked here'),
      Object.assign(new TypeError('a defect'), { code: 'store_unavailable' }),
    ];
    for (const defect of defects) {
      await assert.rejects(callback({ get: () => Promise.reject(defect) }), defect);
    }
  });
});
