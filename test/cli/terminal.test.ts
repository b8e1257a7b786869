import assert from 'node:assert/strict';
import { it } from 'node:test';
import { hasScreen } from '../../src/cli/browser.ts';
import { terminalLog } from '../../src/cli/terminal.ts';
import { printable, printableJson } from '../../src/lib/printable.ts';

it('prints names without what a terminal would obey', () => {
  assert.equal(printable('\u001b[2JAna\u009b31m\r\nBo\u202e'), '[2JAna 31m Bo');
  assert.equal(printable('Zoë 🎉'), 'Zoë 🎉');
});

it('prints JSON on one line, and without it, too', () => {
  const data = { name: 'a\u001b[2J\u009b31m\nb' };
  const line = printableJson(data);
  assert.match(line, /^[\u0020-\u007e]+$/);
  assert.deepEqual(JSON.parse(line), data);
});

it('tells what an operator would find in the logs, but no error’s insides', () => {
  const told: string[] = [];
  const log = terminalLog({ out: () => assert.fail(), tell: (line) => void told.push(line) });
  log.info('not this');
  log.error('allow this', { clientId: '1', serviceAccount: undefined, error: new Error('inside') });
  assert.deepEqual(told, ['Note: allow this\n  clientId: 1']);
});

it('opens a browser only where there may be a screen', () => {
  assert.equal(hasScreen('linux', {}), false);
  assert.equal(hasScreen('linux', { DISPLAY: '' }), false);
  assert.equal(hasScreen('linux', { DISPLAY: ':0' }), true);
  assert.equal(hasScreen('linux', { WAYLAND_DISPLAY: 'wayland-0' }), true);
  assert.equal(hasScreen('linux', { WSL_DISTRO_NAME: 'Debian' }), true);
  assert.equal(hasScreen('darwin', {}), true);
  assert.equal(hasScreen('win32', {}), true);
});
