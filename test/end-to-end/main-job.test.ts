import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { SimulatedPerson } from '../../simulator/world.ts';
import { cardText, hasLink, isPost, isPrivate } from './messages.ts';
import { type Stage, type Subscriber, setStage } from './stage.ts';

for (const dialect of ['classic', 'add-on'] as const) {
  describe(`the main job, end to end, in the ${dialect} dialect`, () => {
    let stage: Stage;
    let subscriber: Subscriber;
    let link: string;
    before(async () => {
      stage = await setStage({ dialect });
      subscriber = await stage.startSubscriber();
    });
    after(() => stage.end());

    /** What Postern has posted as people, oldest first. */
    const posts = () => stage.seen(stage.bruno).filter(isPost);
    const postCount = (count: number) =>
      stage.until(`${count} posts`, () => (posts().length >= count ? posts() : undefined));
    const newestPrivate = (person: SimulatedPerson) => stage.seen(person).findLast(isPrivate);

    it('asks for consent with a card that only the person who asked can see', async () => {
      await stage.write(stage.ana, '@Postern *Hello* @Bruno, this is <b> & co');
      await stage.link(stage.ana);

      const card = newestPrivate(stage.ana);
      assert.equal(card?.resource.privateMessageViewer?.name, `users/${stage.ana.id}`);
      assert.equal(stage.seen(stage.bruno).filter(isPrivate).length, 0);
      assert.equal(posts().length, 0);
    });

    it('keeps to one card, and tells that a second request waits for it', async () => {
      await stage.write(stage.ana, '@Postern and this');
      const note = await stage.until('a note', () =>
        stage.seen(stage.ana).find(({ resource }) => resource.text?.includes('as soon as')),
      );

      assert.ok(isPrivate(note));
      assert.equal(stage.seen(stage.ana).filter(hasLink).length, 1);
    });

    it('stores and posts nothing when somebody else consents', async () => {
      const page = await stage.consent(await stage.link(stage.ana), stage.bruno);

      assert.equal(page.status, 403);
      await stage.write(stage.bruno, '@Postern status');
      const status = await stage.until('a status', () => newestPrivate(stage.bruno));
      assert.match(status.resource.text ?? '', /não está conectada/);
      assert.equal(posts().length, 0);
    });

    it('stores nothing when the person declines, and leaves the link usable', async () => {
      const page = await stage.consent(await stage.link(stage.ana), stage.ana, false);

      assert.equal(page.status, 403);
    });

    it('stores nothing when the one permission is left out, and leaves the link usable', async () => {
      const page = await stage.consent(await stage.link(stage.ana), stage.ana, []);

      assert.equal(page.status, 403);
    });

    it('posts what waited as the person: in order, in its thread, as it was written', async () => {
      const asked = stage
        .seen(stage.bruno)
        .find(({ resource }) => resource.text?.includes('Hello'));
      link = await stage.link(stage.ana);
      const page = await stage.consent(link, stage.ana);
      assert.equal(page.status, 200);

      const [first, second] = await postCount(2);
      assert.equal(first?.resource.sender?.name, `users/${stage.ana.id}`);
      assert.equal(first?.resource.thread?.name, asked?.resource.thread?.name);
      assert.equal(
        first?.resource.formattedText,
        `*Hello* <users/${stage.bruno.id}>, this is <b> & co`,
      );
      assert.equal(second?.resource.text, 'and this');
    });

    it('turns the card into "connected", and takes the link off it', async () => {
      await stage.until('a connected card', () =>
        stage.seen(stage.ana).find((message) => cardText(message).includes('is connected')),
      );

      assert.equal(stage.seen(stage.ana).filter(hasLink).length, 0);
    });

    it('tells a person who opens the used link again that it was used', async () => {
      const page = await stage.consent(link, stage.ana);

      assert.equal(page.status, 409);
    });

    it('posts at once from then on', async () => {
      await stage.write(stage.ana, '@Postern once more');
      const all = await postCount(3);

      assert.equal(all.at(-1)?.resource.text, 'once more');
      assert.equal(stage.seen(stage.ana).filter(hasLink).length, 0);
    });

    it('asks nothing after a restart either', async () => {
      await subscriber.stop(10_000);
      assert.equal(await subscriber.ended, 0);
      await stage.write(stage.ana, '@Postern while you were away');
      subscriber = await stage.startSubscriber();

      const all = await postCount(4);
      assert.equal(all.at(-1)?.resource.text, 'while you were away');
    });

    it('tells the account, the permissions and since when', async () => {
      await stage.write(stage.ana, '@Postern status');
      const status = await stage.until('a status card', () =>
        stage.seen(stage.ana).find((message) => cardText(message).includes('Your connection')),
      );

      assert.ok(isPrivate(status));
      assert.match(cardText(status), /ana@example\.com.*Connected since.*Write messages/s);
    });

    it('disconnects: nothing of the person is left, and the next request asks again', async () => {
      await stage.write(stage.ana, '@Postern disconnect');
      await stage.until('a goodbye', () =>
        stage.seen(stage.ana).find(({ resource }) => resource.text?.includes('is disconnected')),
      );

      await stage.write(stage.ana, '@Postern connect');
      await stage.link(stage.ana);
      assert.equal(posts().length, 4);
    });

    it('has no token in clear in its store', () => {
      const secrets = stage.google.accounts.issuedSecrets();
      const stored = ['postern.sqlite', 'postern.sqlite-wal'].map((file) => read(stage, file));

      assert.ok(secrets.length >= 8, 'codes, tokens, verifiers, states and the client secret');
      assert.deepEqual(
        secrets.filter((secret) => stored.join().includes(secret)),
        [],
      );
    });
  });
}

function read({ folder }: Stage, file: string): string {
  return readFileSync(join(folder, file), 'latin1');
}
