import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type AsGoogle, asGoogle } from './as-google.ts';
import { openPractice, type Practice } from './practice.ts';
import { readReport } from './read-report.ts';

describe('the doctor, where Pub/Sub is Google’s,', () => {
  let practice: Practice;
  let google: AsGoogle;
  before(async () => {
    practice = await openPractice();
    google = await asGoogle(practice, {
      'pubsub.googleapis.com': practice.google.pubsubHost,
    });
  });
  after(async () => {
    await google.stop();
    await practice.end();
  });
  const examine = (...args: string[]) =>
    practice.examine({ ...google.environment, PUBSUB_EMULATOR_HOST: '' }, args);

  it('asks it by its name, with the credentials', async () => {
    const { code, out } = await examine();
    assert.equal(code, 0, out);
    assert.match(out, /✓ pubsub\.googleapis\.com \(Pub\/Sub\) is reached, through the proxy/);
    assert.match(out, /✓ .*\/subscriptions\/postern is there, on .*\/topics\/postern\n/);
  });

  it('tells when oauth-web runs with an account that may publish and consume', async () => {
    const { code, out } = await examine('--for', 'oauth-web');
    assert.equal(code, 1, out);
    const [failure, ...others] = readReport(out).filter(({ mark }) => mark === '✗');
    assert.deepEqual([failure?.area, others], ['Pub/Sub', []]);
    assert.match(
      failure?.found ?? '',
      /this account may publish on .*\/topics\/postern and consume .*\/subscriptions\/postern and consume .*\/subscriptions\/postern-notifications:/,
    );
    assert.match(
      failure?.remedy ?? '',
      /topics remove-iam-policy-binding postern --project=postern-test .*--member=serviceAccount:postern@postern-test\.iam/,
    );
  });
});
