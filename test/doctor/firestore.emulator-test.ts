import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { type Emulator, startFirestoreEmulator } from '../support/emulators.ts';
import { type AsGoogle, asGoogle } from './as-google.ts';
import { openPractice, type Practice } from './practice.ts';
import { readReport } from './read-report.ts';

describe('the doctor, where Firestore is Google’s,', () => {
  let emulator: Emulator;
  let practice: Practice;
  let google: AsGoogle;
  /** Those with a time-to-live policy; undefined: nobody may see them. */
  let policies: readonly string[] | undefined;

  /** Google's token endpoint, and of the Firestore Admin API the list of fields with a policy. */
  const rest: RequestListener = (request, response) => {
    const json = (status: number, body: object): void =>
      void response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(body));
    const { url = '' } = request;
    if (url === '/token') {
      request.resume();
      return json(200, { access_token: 'ya29.of-a-test', token_type: 'Bearer', expires_in: 3600 });
    }
    const [, collection = ''] =
      /^\/v1\/projects\/postern-test\/databases\/auth-data\/collectionGroups\/(\w+)\/fields\?/.exec(
        url,
      ) ?? [];
    if (policies === undefined) return json(403, { error: { status: 'PERMISSION_DENIED' } });
    const name = `projects/postern-test/databases/auth-data/collectionGroups/${collection}/fields/expireAt`;
    const fields = [{ name, ttlConfig: { state: 'ACTIVE' } }];
    json(200, policies.includes(collection) ? { fields } : {});
  };

  before(async () => {
    [emulator, practice] = await Promise.all([startFirestoreEmulator(), openPractice()]);
    google = await asGoogle(practice, { 'firestore.googleapis.com': emulator.host }, rest);
  });
  after(async () => {
    await google?.stop();
    await practice?.end();
    await emulator?.stop();
  });

  async function examine() {
    const changes = { ...google.environment, STORE: 'firestore:auth-data' };
    const { code, out } = await practice.examine(changes);
    const lines = readReport(out).filter(({ area }) => area === 'Store and keys');
    return { code, out, lines };
  }

  it('finds nothing wrong with one that deletes what has ended', async () => {
    policies = ['consents', 'requests'];
    const { code, out, lines } = await examine();
    assert.equal(code, 0, out);
    assert.ok(
      lines.every(({ mark }) => mark === '✓'),
      out,
    );
    assert.match(out, /✓ the Firestore database auth-data is there\n/);
    assert.match(out, /✓ old records of “requests” are deleted, by their expireAt\n/);
  });

  it('names the collection that keeps everything for ever, and the line that ends it', async () => {
    policies = ['consents'];
    const { code, out, lines } = await examine();
    assert.equal(code, 1, out);
    const [failure, ...others] = lines.filter(({ mark }) => mark !== '✓');
    assert.deepEqual(others, []);
    assert.equal(failure?.mark, '✗');
    assert.match(failure.found, /^old records of “requests” are never deleted/);
    assert.equal(
      failure.remedy,
      'gcloud firestore fields ttls update expireAt --collection-group=requests --database=auth-data --enable-ttl --project=postern-test',
    );
  });

  it('doesn’t blame an account that may not see the policies, and says how to look', async () => {
    policies = undefined;
    const { code, out, lines } = await examine();
    assert.equal(code, 0, out);
    const unknown = lines.filter(({ mark }) => mark === '?');
    assert.equal(unknown.length, 2, out);
    for (const { remedy } of unknown) assert.match(remedy, /^gcloud firestore fields ttls list /);
  });
});
