import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createNotify } from '../../../src/lib/systemd-notify.ts';

describe('a service manager that can’t be told', () => {
  it('shows once, and stops nothing: systemd-notify is missing', async () => {
    const failures: unknown[] = [];
    const notify = createNotify('/nowhere', '/nowhere', (error) => failures.push(error));
    await notify('READY=1');
    await notify('WATCHDOG=1');
    await notify('STOPPING=1');
    assert.equal(failures.length, 1);
    assert.ok(failures[0] instanceof Error && 'code' in failures[0]);
    assert.equal(failures[0].code, 'ENOENT');
  });
});
