import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { inspected, proxy } from './on-the-way.ts';
import { diagnose, openPractice, type Practice } from './practice.ts';

describe('the doctor, behind a box that inspects TLS and a proxy,', () => {
  let practice: Practice;
  let box: Awaited<ReturnType<typeof inspected>>;
  let through: Awaited<ReturnType<typeof proxy>>;
  before(async () => {
    practice = await openPractice();
    [box, through] = await Promise.all([inspected(practice), proxy(true)]);
  });
  after(async () => {
    box.stop();
    await through.close();
    await practice.end();
  });

  it('is content when both are as they should be', async () => {
    const path = join(practice.folder, 'inspecting-ca.pem');
    writeFileSync(path, box.ca);
    const { ok, checks } = await diagnose(practice, {
      CHAT_API_URL: box.url,
      NODE_EXTRA_CA_CERTS: path,
      https_proxy: through.url,
      no_proxy: '127.0.0.1',
    });
    assert.deepEqual(
      checks.filter(({ status }) => status === 'failed'),
      [],
    );
    assert.ok(ok);
    assert.ok(through.asked.length > 1, 'by the network’s check, and by Chat’s');
    const proxied = checks.find(({ check }) => check === 'proxy');
    assert.match(proxied?.found ?? '', /everything goes through the proxy 127\.0\.0\.1:\d+/);
  });
});
