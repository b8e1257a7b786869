import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { clientFile } from '../../simulator/credentials.ts';
import { freePort } from '../../simulator/free-port.ts';
import { CHAT_SPACES_CREATE } from '../../src/lib/authorization/scopes.ts';
import { nameIn, type Setting, setTerminal } from './terminal.ts';

let setting: Setting;
before(async () => {
  setting = await setTerminal();
});
after(() => setting.end());

/** An account’s folder of its own, for a test that begins with nobody signed in. */
let folders = 0;
const nobody = (more: Record<string, string> = {}) => ({
  POSTERN_CONFIG_HOME: join(setting.folder, `account-${++folders}`),
  ...more,
});

describe('as oneself', () => {
  const me = ['--as', 'me'];

  it('asks for one permission, once, and for one more on demand', async () => {
    const environment = nobody();
    const post = ['send', setting.room, 'As Ana, first', ...me];
    const first = await setting.runAndSignIn(post, { environment });
    assert.equal(first.page.status, 200);
    assert.match(await first.page.text(), /You’re signed in/);
    assert.equal(first.code, 0, first.err);
    assert.match(first.err, /^You aren’t signed in yet\. .* allow chat\.messages\.create:/);
    assert.equal(setting.posted('As Ana, first')[0]?.by, `users/${setting.ana.id}`);

    const second = await setting.run(['send', setting.room, 'As Ana, again', ...me], environment);
    assert.deepEqual([second.code, second.err], [0, '']);
    assert.equal(setting.posted('As Ana, again').length, 1);

    const members = ['members', setting.room, ...me];
    const third = await setting.runAndSignIn(members, { environment });
    assert.equal(third.code, 0, third.err);
    assert.match(third.err, /one more permission\. .* allow chat\.memberships\.readonly:/);
    assert.match(third.out, /app {2}Postern$/m);

    for (const args of [members, ['send', setting.room, 'As Ana, still', ...me]]) {
      const { code, err } = await setting.run(args, environment);
      assert.deepEqual([code, err], [0, ''], 'what was given before stays');
    }
  });

  it('changes one’s own message with the restricted permission, and nobody else’s', async () => {
    const environment = nobody();
    const post = ['send', setting.room, 'To be changd', ...me];
    const mine = nameIn((await setting.runAndSignIn(post, { environment })).out);
    const update = ['update', mine, 'To be changed', ...me];
    const changed = await setting.runAndSignIn(update, { environment });
    assert.equal(changed.code, 0, changed.err);
    assert.equal(setting.posted('To be changed')[0]?.name, mine);

    const apps = nameIn((await setting.run(['send', setting.room, 'Of the app'])).out);
    const refused = await setting.run(['update', apps, 'Of Ana', ...me], environment);
    assert.equal(refused.code, 1);
    assert.match(refused.err, /^Error \(chat_forbidden\): /);
  });

  it('creates a space with people, by their address too', async () => {
    const args = ['create-space', 'Terminal party', setting.bruno.email, '--json'];
    const { code, out, err } = await setting.runAndSignIn(args, { environment: nobody() });
    assert.equal(code, 0, err);
    const made = setting.google.world
      .spaces()
      .find(({ resource }) => resource.displayName === 'Terminal party');
    const { name, spaceUri: address } = made?.resource ?? {};
    assert.deepEqual(JSON.parse(out), { name, address });
    assert.deepEqual(made?.members, [`users/${setting.ana.id}`, `users/${setting.bruno.id}`]);
  });

  it('does nothing when the permission is declined', async () => {
    const environment = nobody();
    const args = ['send', setting.room, 'Declined', ...me];
    const { code, err, page } = await setting.runAndSignIn(args, { environment, allow: false });
    assert.equal(code, 1);
    assert.match(err, /^Error \(sign_in_declined\): /m);
    assert.equal(page.status, 403);
    assert.equal(setting.posted('Declined').length, 0);
    assert.match((await setting.run(['sign-out'], environment)).out, /Nobody was signed in/);
  });

  it('tells which permission wasn’t ticked, and keeps what there was', async () => {
    setting.google.accounts.revokeAccess(`users/${setting.bruno.id}`);
    const environment = nobody();
    const as = setting.bruno;
    const post = ['send', setting.room, 'As Bruno', ...me];
    await setting.runAndSignIn(post, { environment, as });
    const args = ['create-space', 'Not this one'];
    const { code, err } = await setting.runAndSignIn(args, { environment, as, allow: [] });
    assert.equal(code, 1);
    assert.match(err, new RegExp(`sign_in_permission_missing.*${CHAT_SPACES_CREATE}`));
    assert.deepEqual((await setting.run(post, environment)).err, '');
  });

  it('stays with one account until it signs out', async () => {
    const environment = nobody();
    await setting.runAndSignIn(['send', setting.room, 'Ana’s', ...me], { environment });
    const args = ['members', setting.room, ...me];
    const other = await setting.runAndSignIn(args, { environment, as: setting.bruno });
    assert.equal(other.code, 1);
    assert.match(other.err, /^Error \(sign_in_other_account\): /m);
    assert.equal(other.page.status, 403);

    assert.match((await setting.run(['sign-out'], environment)).out, /^Signed out\. Google has/);
    assert.match((await setting.run(['sign-out'], environment)).out, /Nobody was signed in/);
    const bruno = await setting.runAndSignIn(args, { environment, as: setting.bruno });
    assert.equal(bruno.code, 0, bruno.err);
  });

  it('proposes accounts of the allowed domain only, and ends on SIGTERM', async () => {
    const environment = nobody({ ALLOWED_DOMAIN: 'other.example' });
    const running = setting.start(['members', setting.room, ...me, '--no-browser'], environment);
    const link = new URL(await running.link);
    assert.equal(link.searchParams.get('hd'), 'other.example');
    running.signal('SIGTERM');
    assert.equal((await running.ended).code, 130);
  });

  it('asks anew when Google has ended the grant', async () => {
    const environment = nobody();
    const post = ['send', setting.room, 'After the end', ...me];
    await setting.runAndSignIn(['members', setting.room, ...me], { environment });
    await setting.runAndSignIn(post, { environment });
    setting.google.accounts.revokeAccess(`users/${setting.ana.id}`);
    const again = await setting.runAndSignIn(post, { environment });
    assert.equal(again.code, 0, again.err);
    assert.match(again.err, /^Your sign-in has ended: .* allow chat\.messages\.create:/);
    assert.equal(setting.posted('After the end').length, 2);
  });

  it('asks anew when the key has changed', async () => {
    const environment = nobody();
    const post = ['send', setting.room, 'Under another key', ...me];
    await setting.runAndSignIn(post, { environment });
    const TOKEN_KEYS = `k1:${Buffer.alloc(32, 1).toString('base64')}`;
    const again = await setting.runAndSignIn(post, { environment: { ...environment, TOKEN_KEYS } });
    assert.equal(again.code, 0, again.err);
    assert.match(again.err, /^You are signed in, but under a key that isn’t here any more\./);
    assert.equal((await setting.run(post, { ...environment, TOKEN_KEYS })).err, '');
  });

  it('stops with Ctrl-C, and the link leads nowhere from then on', async () => {
    const args = ['send', setting.room, 'Never', ...me, '--no-browser'];
    const running = setting.start(args, nobody());
    const callback = new URL(await running.link).searchParams.get('redirect_uri') ?? '';
    assert.match(callback, /^http:\/\/127\.0\.0\.1:\d+\/$/);
    running.signal('SIGINT');
    const { code, err } = await running.ended;
    assert.equal(code, 130);
    assert.match(err, /Stopped\.\n$/);
    await assert.rejects(fetch(callback));
  });

  it('signs in by a web application that has a redirect URI on this machine', async () => {
    const { credentials, google, folder } = setting;
    const port = await freePort();
    const file = join(folder, 'web.json');
    const redirectUri = `http://127.0.0.1:${port}/back`;
    writeFileSync(
      file,
      JSON.stringify(clientFile('postern-test', credentials, google.url, redirectUri)),
    );
    const environment = nobody({ OAUTH_CLIENT_FILE: file });
    const args = ['members', setting.room, ...me, '--no-browser'];
    const running = setting.start(args, environment);
    const link = new URL(await running.link);
    assert.equal(link.searchParams.get('redirect_uri'), redirectUri);
    const answer = await fetch(
      `${redirectUri}?error=access_denied&state=${link.searchParams.get('state')}`,
    );
    assert.equal(answer.status, 403);
    assert.match((await running.ended).err, /sign_in_declined/);
  });
});
