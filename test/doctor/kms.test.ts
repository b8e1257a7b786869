import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { inKms } from './broken/kms.ts';
import { diagnose, openPractice, type Practice } from './practice.ts';

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
