import assert from 'node:assert/strict';
import { it } from 'node:test';
import { hasScreen } from '../../src/cli/browser.ts';

it('opens a browser only where there may be a screen', () => {
  assert.equal(hasScreen('linux', {}), false);
  assert.equal(hasScreen('linux', { DISPLAY: '' }), false);
  assert.equal(hasScreen('linux', { DISPLAY: ':0' }), true);
  assert.equal(hasScreen('linux', { WAYLAND_DISPLAY: 'wayland-0' }), true);
  assert.equal(hasScreen('linux', { WSL_DISTRO_NAME: 'Debian' }), true);
  assert.equal(hasScreen('darwin', {}), true);
  assert.equal(hasScreen('win32', {}), true);
});
