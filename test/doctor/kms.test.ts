import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { broken } from './cases.ts';
import { diagnose, openPractice, type Practice } from './practice.ts';

const inKms = ({ google, environment }: Practice) => ({
  TOKEN_KEYS: `kms:${google.kmsKey},${environment['TOKEN_KEYS']}`,
});

describe('the doctor, of a key in Cloud KMS,', () => {
  let practice: Practice;
  before(async () => {
    practice = await openPractice();
  });
  after(() => practice.end());

  it('finds nothing wrong where it can be used', async () => {
    const { ok, checks } = await diagnose(practice, inKms(practice));
    assert.deepEqual(
      checks.filter(({ status }) => status !== 'ok'),
      [],
    );
    assert.ok(ok);
    const found = checks.find(({ check }) => check === 'kms')?.found ?? '';
    assert.match(found, /encrypts and decrypts with projects\/.*\(kms-[0-9a-f]{8}\)/);
    assert.deepEqual(practice.google.kms.calls, ['encrypt', 'decrypt']);
  });

  it('doesn’t ask Cloud KMS where no key is there', async () => {
    const asked = practice.google.kms.calls.length;
    const { checks } = await diagnose(practice);
    assert.equal(
      checks.find(({ check }) => check === 'kms'),
      undefined,
    );
    assert.equal(practice.google.kms.calls.length, asked);
  });
});

describe('the doctor, of what is wrong with a key in Cloud KMS,', () => {
  broken([
    {
      what: 'an account that may not decrypt with it',
      break: (practice) => {
        practice.google.kms.keys.allow(practice.google.kmsKey, ['Encrypt']);
        return inKms(practice);
      },
      mend: ({ google }) => google.kms.keys.allow(google.kmsKey, ['Encrypt', 'Decrypt']),
      check: 'kms',
      cause: /HTTP 403/,
      remedy:
        /gcloud kms keys add-iam-policy-binding postern --keyring=postern --location=global --project=\S+ --member=serviceAccount:\S+@\S+ --role=roles\/cloudkms\.cryptoKeyEncrypterDecrypter$/,
    },
    {
      what: 'a key whose version was destroyed',
      break: (practice) => {
        practice.google.kms.keys.setState(practice.google.kmsKey, 'DESTROYED');
        return inKms(practice);
      },
      mend: ({ google }) => google.kms.keys.setState(google.kmsKey, 'ENABLED'),
      check: 'kms',
      cause: /disabled or destroyed/,
      remedy: /gcloud kms keys versions list --key=postern --keyring=postern /,
    },
    {
      what: 'a key that isn’t there',
      break: ({ google }) => ({ TOKEN_KEYS: `kms:${google.kmsKey}x` }),
      check: 'kms',
      cause: /HTTP 404/,
      remedy: /gcloud kms keys versions list --key=posternx /,
    },
    {
      what: 'a Cloud KMS that is out of order',
      break: (practice) => {
        practice.google.kms.trouble = 'unavailable';
        return inKms(practice);
      },
      mend: ({ google }) => {
        google.kms.trouble = undefined;
      },
      check: 'kms',
      cause: /HTTP 503/,
      remedy: /Run this again/,
    },
    {
      what: 'a Cloud KMS that isn’t reached',
      break: (practice) => ({ ...inKms(practice), CLOUD_KMS_URL: 'http://127.0.0.1:1' }),
      check: 'reach 127.0.0.1:1',
      cause: /Cloud KMS\) isn’t reached/,
      remedy: /CLOUD_KMS_URL/,
    },
  ]);
});
