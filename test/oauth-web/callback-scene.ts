import assert from 'node:assert/strict';
import { after, afterEach, beforeEach } from 'node:test';
import { hashTicket, ticket } from '../../src/lib/authorization/ticket.ts';
import { StoreError } from '../../src/lib/errors.ts';
import type { Store } from '../../src/lib/store/store.ts';
import { ANA, ana, openScene, type Scene, type Visit } from './scene.ts';

/** Where the store fails. */
type Failing = 'get' | 'complete' | undefined;

export interface CallbackScene extends Scene {
  /** Lets the store fail at one of its methods, until undefined is given or the test ends. */
  failAt: (method: Failing) => void;
  /** The last line of the log has this reason. */
  logs: (reason: string, severity?: string) => void;
  nothingStored: () => Promise<void>;
  /** The ticket of the link is unused: Ana consents with it now. */
  stillWorks: (url: string) => Promise<void>;
}

/** One scene for all tests of a file, in which nobody is connected as each of them begins. No secret may be in its log. */
export async function openCallbackScene(): Promise<CallbackScene> {
  let failing: Failing;
  const scene = await openScene({ store: (store) => unless(store, () => failing) });
  const { google, local, logged } = scene;
  /** What all of the tests logged. */
  const everLogged: unknown[] = [];
  let tests = 0;

  beforeEach(async () => {
    tests += 1;
    google.posts.length = 0;
    logged.length = 0;
    await local.store.forgetPerson(ANA, scene.now());
  });
  afterEach(() => {
    everLogged.push(...logged);
    failing = undefined;
    google.answerWith('/token', undefined);
    google.answerWith('/certs', undefined);
  });
  after(async () => {
    await scene.close();
    const lines = JSON.stringify(everLogged);
    assert.ok(tests > 0 && everLogged.length >= tests, 'every callback is logged');
    for (const secret of google.secrets()) {
      assert.ok(!lines.includes(secret) && !lines.includes(encodeURIComponent(secret)));
    }
  });

  return {
    ...scene,
    failAt(method) {
      failing = method;
    },
    logs(reason, severity) {
      const line = logged.at(-1);
      assert.equal(line?.['reason'], reason);
      if (severity !== undefined) assert.equal(line['severity'], severity);
    },
    async nothingStored() {
      assert.equal(await local.store.grants.get(ANA), undefined);
    },
    async stillWorks(url) {
      const state = ticket.parse(new URL(url).searchParams.get('state'));
      assert.equal((await local.store.consents.get(hashTicket(state)))?.status, 'pending');
      isPage(await scene.comeBack(google.consent(url, ana())), 200, 'You’re connected');
      await local.store.forgetPerson(ANA, scene.now());
    },
  };
}

export function isPage(page: Visit, status: number, title: string): void {
  assert.equal(page.status, status);
  assert.ok(page.body.includes(`<h1>${title}</h1>`), page.body);
}

/** The real store, but for the method that fails. */
function unless(store: Store, failing: () => Failing): Pick<Store, 'consents' | 'ping'> {
  const down = (): never => {
    throw new StoreError('store_unavailable', 'The store does not answer.');
  };
  const { consents } = store;
  return {
    ping: () => store.ping(),
    consents: {
      open: (consent) => consents.open(consent),
      get: async (hash) => (failing() === 'get' ? down() : consents.get(hash)),
      complete: async (...args) => (failing() === 'complete' ? down() : consents.complete(...args)),
    },
  };
}
