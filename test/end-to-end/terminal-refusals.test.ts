import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Setting, setTerminal } from './terminal.ts';

let setting: Setting;
before(async () => {
  setting = await setTerminal();
});
after(() => setting.end());

describe('what can’t be carried out', () => {
  it('is told at once with 64, when it can’t be understood', async () => {
    const { code, out, err } = await setting.run(['send', 'room', '', '--as', 'nobody', '--loud']);
    assert.deepEqual({ code, out }, { code: 64, out: '' });
    for (const words of [/“room” is no space/, /text is empty/, /--as nobody/, /--loud is none/]) {
      assert.match(err, words);
    }
  });

  it('is told at once with 78, when it isn’t configured', async () => {
    const environment = { OAUTH_CLIENT_FILE: '/nowhere.json', CHAT_API_URL: 'x', TOKEN_KEYS: 'x' };
    const { code, err } = await setting.run(['create-space', 'X'], environment);
    assert.equal(code, 78);
    for (const variable of Object.keys(environment)) {
      assert.match(err, new RegExp(`^  ${variable}: .+\n    → .+`, 'm'));
    }
  });

  it('is helped with, at 0', async () => {
    const { code, out, err } = await setting.run(['--help'], {
      OAUTH_CLIENT_FILE: '/nowhere.json',
    });
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /chat\.messages \(restricted/);
  });
});
