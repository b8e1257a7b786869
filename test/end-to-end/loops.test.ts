import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { SimulatedMessage } from '../../simulator/world.ts';
import { message, payload } from '../lib/interactions/payloads.ts';
import { isPost } from './messages.ts';
import { type Stage, type Subscriber, setStage } from './stage.ts';

/** Apps that answer whatever they see, and what they do to Postern. The simulator tells no app of another; some Chats do. */
for (const dialect of ['classic', 'add-on'] as const) {
  describe(`among other apps, in the ${dialect} dialect`, () => {
    let stage: Stage;
    let subscriber: Subscriber;
    before(async () => {
      stage = await setStage({ dialect });
      subscriber = await stage.startSubscriber();
      await stage.write(stage.ana, '@Postern connect');
      await stage.consent(await stage.link(stage.ana), stage.ana);
    });
    after(() => stage.end());

    const posts = (): SimulatedMessage[] => stage.seen(stage.bruno).filter(isPost);
    const postsOf = (text: string) => posts().filter(({ resource }) => resource.text === text);
    const posted = (text: string) => stage.until(`a post of ${text}`, () => postsOf(text)[0]);
    const allAcked = () =>
      stage.until('an empty subscription', () => {
        const { waiting, delayed, leased } = stage.google.pubsub.backlog(stage.google.subscription);
        return waiting + delayed + leased === 0 ? true : undefined;
      });
    const people = () => ({
      ana: { name: `users/${stage.ana.id}`, displayName: 'Ana', type: 'HUMAN' },
      postern: { name: `users/${stage.google.world.app.id}`, displayName: 'Postern', type: 'BOT' },
      echo: { name: `users/${stage.google.world.otherApp.id}`, displayName: 'Echo', type: 'BOT' },
    });

    let told = 0;
    /** Chat tells Postern of a message in the room that mentions it. */
    const tell = (user: object, fields: Record<string, unknown>) => {
      const text = `@Postern ${String(fields['text'])}`;
      const { postern } = people();
      const mention = { userMention: { user: postern, type: 'MENTION' }, type: 'USER_MENTION' };
      const event = payload(dialect, 'message', {
        user,
        space: { name: stage.room, type: 'ROOM', spaceType: 'SPACE' },
        message: message({
          name: `${stage.room}/messages/told-${told++}`,
          sender: user,
          space: { name: stage.room },
          thread: undefined,
          formattedText: text,
          argumentText: undefined,
          annotations: [{ ...mention, startIndex: 0, length: '@Postern'.length }],
          ...fields,
          text,
        }),
      });
      stage.google.pubsub.publish(stage.google.topic, Buffer.from(JSON.stringify(event)));
    };
    const counted = async (reason: string): Promise<number> => {
      const metrics = await (await fetch(`${subscriber.adminUrl}/metrics`)).text();
      const line = new RegExp(
        `^postern_events_total{result="ignored",reason="${reason}"} (\\d+)$`,
        'm',
      );
      return Number(line.exec(metrics)?.[1] ?? 0);
    };

    it('is told of Ana’s own words, as the tests here tell it', async () => {
      tell(people().ana, { text: 'by hand' });
      await posted('by hand');
    });

    it('does not answer an app that echoes every post to it', async () => {
      const echoed = new Set<unknown>();
      const off = stage.google.world.onChange(() => {
        for (const { resource } of posts()) {
          // Enough of them, should Postern answer.
          if (echoed.has(resource.name) || echoed.size === 10) continue;
          echoed.add(resource.name);
          tell(people().echo, { text: resource.text });
        }
      });
      await stage.write(stage.ana, '@Postern an echo, please');
      await posted('an echo, please');
      await allAcked();
      off();
      assert.equal(await counted('bot'), echoed.size);
      assert.equal(postsOf('an echo, please').length, 1);
    });

    it('does not answer an app that names a person for its own words', async () => {
      const { ana, echo } = people();
      const before = posts().length;
      tell(ana, { text: 'not Ana’s words', sender: echo });
      await allAcked();
      assert.equal(posts().length, before);
    });

    it('does not answer another Postern, which posts as the same person in the same room', async () => {
      const before = await counted('own-message');
      const id = `client-postern-${'0'.repeat(32)}`;
      tell(people().ana, { text: 'by the other one', clientAssignedMessageId: id });
      tell(people().ana, { text: 'by the other one', name: `${stage.room}/messages/${id}` });
      await allAcked();
      assert.equal(await counted('own-message'), before + 2);
      assert.equal(postsOf('by the other one').length, 0);
    });

    it('posts once what another app writes as a person, and mentions no app in it, so that it ends there', async () => {
      await stage.write(stage.ana, '@Postern @Echo and @Bruno, good morning');
      const post = await stage.until('the post', () =>
        posts().find(({ resource }) => resource.text?.includes('good morning')),
      );
      await allAcked();
      const mentioned = (post.resource.annotations ?? []).map(
        ({ userMention }) => userMention?.user?.name,
      );
      assert.deepEqual(mentioned, [`users/${stage.bruno.id}`]);
      assert.equal(
        posts().filter(({ resource }) => /good morning/.test(resource.text ?? '')).length,
        1,
      );
    });
  });
}
