import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { SimulatedPerson } from '../../simulator/world.ts';
import { CHAT_MESSAGES_CREATE } from '../../src/lib/authorization/scopes.ts';
import { hasLink, isPost, isPrivate } from './messages.ts';
import { type Stage, type Subscriber, setStage } from './stage.ts';

const KEYLESS = { DELEGATION_ACCOUNT: 'postern@postern-test.iam.gserviceaccount.com' };

for (const { dialect, how, environment } of [
  { dialect: 'classic', how: 'with a key file', environment: {} },
  { dialect: 'add-on', how: 'with a key file', environment: {} },
  { dialect: 'add-on', how: 'without a key', environment: KEYLESS },
] as const) {
  describe(`domain-wide delegation ${how}, in the ${dialect} dialect`, () => {
    let stage: Stage;
    let subscriber: Subscriber;
    before(async () => {
      stage = await setStage({
        dialect,
        environment: { USER_AUTH: 'delegation', ...environment },
      });
      subscriber = await stage.startSubscriber();
    });
    after(() => stage.end());

    const posts = (text: string) =>
      stage.seen(stage.bruno).filter((shown) => isPost(shown) && shown.resource.text === text);
    const posted = (text: string) => stage.until(`a post of “${text}”`, () => posts(text)[0]);
    const told = (person: SimulatedPerson, words: RegExp) =>
      stage.until(`${person.displayName} to be told ${words}`, () =>
        stage.seen(person).find((one) => isPrivate(one) && words.test(one.resource.text ?? '')),
      );
    const allAcked = () =>
      stage.until('an empty subscription', () => {
        const { waiting, delayed, leased } = stage.google.pubsub.backlog(stage.google.subscription);
        return waiting + delayed + leased === 0 ? true : undefined;
      });

    it('posts as whoever asks, without any question', async () => {
      await stage.write(stage.ana, '@Postern good morning from Ana');
      await stage.write(stage.bruno, '@Postern good morning from Bruno');

      const [ana, bruno] = [
        await posted('good morning from Ana'),
        await posted('good morning from Bruno'),
      ];
      assert.equal(ana.resource.sender?.name, `users/${stage.ana.id}`);
      assert.equal(bruno.resource.sender?.name, `users/${stage.bruno.id}`);
      assert.deepEqual(
        [stage.ana, stage.bruno].flatMap((who) => stage.seen(who)).filter(hasLink),
        [],
      );
    });

    it('posts once, however often the event comes', async () => {
      stage.copies = 5;
      await stage.write(stage.ana, '@Postern only the one time');
      await posted('only the one time');
      stage.copies = 1;
      await allAcked();
      assert.equal(posts('only the one time').length, 1);
    });

    for (const [command, answer] of [
      ['connect', /Não há nada para conectar/],
      ['status', /permitiu isso para todos/],
      ['disconnect', /Não há nada para desconectar/],
    ] as const) {
      it(`answers ${command} in its own words, in Bruno’s language`, async () => {
        await stage.write(stage.bruno, `@Postern ${command}`);
        await told(stage.bruno, answer);
      });
    }

    it('waits while the token endpoint is down', async () => {
      await restart();
      stage.google.accounts.faults.token('unavailable', 1);
      await stage.write(stage.ana, '@Postern through the outage');
      await posted('through the outage');
      await allAcked();
      assert.equal(posts('through the outage').length, 1);
    });

    it('tells the person, once and privately, when no administrator has allowed it, and the operator what to allow', async () => {
      await restart();
      stage.google.accounts.administration.allow(stage.ana.domain, []);
      await stage.write(stage.ana, '@Postern not allowed yet');
      await told(stage.ana, /an administrator of your organization must allow it/);
      await allAcked();

      assert.equal(
        stage
          .seen(stage.bruno)
          .filter(isPrivate)
          .filter(isAbout(/must allow/)).length,
        0,
      );
      assert.equal(stage.seen(stage.ana).filter(isAbout(/must allow it/)).length, 1);
      assert.equal(posts('not allowed yet').length, 0);
      const line = stage.output.find((text) => text.includes('must allow domain-wide delegation'));
      assert.ok(line?.includes(`"scopes":"${CHAT_MESSAGES_CREATE}"`), line);
      assert.ok(line?.includes('"clientId":"100000000000000000000"'), line);

      stage.google.accounts.administration.allow(stage.ana.domain, [CHAT_MESSAGES_CREATE]);
      await stage.write(stage.ana, '@Postern allowed by now');
      await posted('allowed by now');
    });

    it('tells a person whose account is suspended', async () => {
      await restart();
      stage.google.accounts.administration.suspend(stage.bruno.id);
      await stage.write(stage.bruno, '@Postern from nobody');
      await told(stage.bruno, /não me deixa agir em seu nome/);
      assert.equal(posts('from nobody').length, 0);
    });

    it('stores no token', () => {
      const kept = readdirSync(stage.folder)
        .filter((name) => name.startsWith('postern.sqlite'))
        .map((name) => readFileSync(join(stage.folder, name), 'latin1'));
      assert.ok(kept.length > 0);
      const secrets = stage.google.accounts.issuedSecrets();
      assert.ok(secrets.some((secret) => secret.startsWith('ya29.')));
      assert.deepEqual(
        secrets.filter((secret) => kept.some((file) => file.includes(secret))),
        [],
      );
    });

    /** A new subscriber has no access token yet. */
    async function restart(): Promise<void> {
      await subscriber.stop(10_000);
      subscriber = await stage.startSubscriber();
    }
  });
}

describe('domain-wide delegation for one domain', () => {
  it('acts for nobody of another domain', async () => {
    const environment = { USER_AUTH: 'delegation', ALLOWED_DOMAIN: 'other.example' };
    const stage = await setStage({ dialect: 'add-on', environment });
    try {
      await stage.startSubscriber();
      await stage.write(stage.ana, '@Postern from elsewhere');
      await stage.until('a refusal', () => stage.seen(stage.ana).find(isAbout(/doesn’t let me/)));
      assert.deepEqual(stage.seen(stage.ana).filter(isPost), []);
    } finally {
      await stage.end();
    }
  });
});

function isAbout(words: RegExp) {
  return ({ resource }: { resource: { text?: string | null } }) => words.test(resource.text ?? '');
}
