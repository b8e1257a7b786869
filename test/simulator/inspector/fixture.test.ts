import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fixtureName } from '../../../simulator/inspector/fixture.ts';

describe('the name of a saved event', () => {
  for (const { text, name } of [
    { text: '@Postern Hello from me!', name: 'message-hello-from-me.add-on.json' },
    { text: '@Postern Olá, você?', name: 'message-ola-voce.add-on.json' },
    { text: '../../etc/passwd', name: 'message-etc-passwd.add-on.json' },
    { text: '@Postern 你好', name: 'message.add-on.json' },
    {
      text: `@Postern ${'long '.repeat(50)}`,
      name: `message-${'long-'.repeat(7)}long.add-on.json`,
    },
    { text: undefined, name: 'message.add-on.json' },
  ]) {
    it(`is ${name} for ${JSON.stringify(text)?.slice(0, 40)}`, () => {
      assert.equal(fixtureName({ kind: 'message', text, dialect: 'add-on' }), name);
    });
  }

  it('tells no dialect of what has none', () => {
    assert.equal(fixtureName({ kind: 'notification', text: 'Done' }), 'notification-done.json');
  });
});
