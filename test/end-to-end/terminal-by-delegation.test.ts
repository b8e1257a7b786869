import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  CHAT_MEMBERSHIPS_READONLY,
  CHAT_MESSAGES,
  CHAT_MESSAGES_CREATE,
} from '../../src/lib/authorization/scopes.ts';
import { nameIn, type Setting, setTerminal } from './terminal.ts';

let setting: Setting;
before(async () => {
  setting = await setTerminal();
});
after(() => setting.end());

describe('as somebody by delegation', () => {
  const asBruno = () => ['--as', setting.bruno.email];

  it('posts, changes, lists and creates without a question', async () => {
    const posted = await setting.run(['send', setting.room, 'For Bruno', ...asBruno()]);
    assert.deepEqual([posted.code, posted.err], [0, '']);
    assert.equal(setting.posted('For Bruno')[0]?.by, `users/${setting.bruno.id}`);
    for (const args of [
      ['update', nameIn(posted.out), 'For Bruno, changed'],
      ['members', setting.room],
      ['create-space', 'Delegated', setting.ana.email],
    ]) {
      const { code, err } = await setting.run([...args, ...asBruno()]);
      assert.deepEqual([code, err], [0, ''], args[0]);
    }
    assert.equal(setting.posted('For Bruno, changed').length, 1);
  });

  it('says whom an administrator has to allow what', async () => {
    const { administration } = setting.google.accounts;
    administration.allow(setting.bruno.domain, [CHAT_MESSAGES_CREATE]);
    const refused = await setting.run(['members', setting.room, ...asBruno()]);
    assert.equal(refused.code, 1);
    assert.match(refused.err, new RegExp(`scopes: ${CHAT_MEMBERSHIPS_READONLY}\\n`));
    assert.match(refused.err, /clientId: 100000000000000000000\n/);
    assert.match(refused.err, /^Error \(delegation_not_allowed\): /m);
    administration.allow(setting.bruno.domain, [CHAT_MESSAGES, CHAT_MESSAGES_CREATE]);
  });

  it('acts for nobody of another domain', async () => {
    const environment = { ALLOWED_DOMAIN: 'other.example' };
    const { code, err } = await setting.run(['members', setting.room, ...asBruno()], environment);
    assert.equal(code, 1);
    assert.match(err, /^Error \(delegation_person_refused\): .*ALLOWED_DOMAIN\.\n$/);
  });
});
