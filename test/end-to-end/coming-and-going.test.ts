import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { cardText, consentLink, hasLink, isPost, isPrivate } from './messages.ts';
import { type Stage, setStage } from './stage.ts';

for (const dialect of ['classic', 'add-on'] as const) {
  describe(`being added, talked to and removed, in the ${dialect} dialect`, () => {
    let stage: Stage;
    before(async () => {
      stage = await setStage({
        dialect,
        environment: { CHAT_COMMANDS: '1:help,2:status' },
        app: {
          slashCommands: [{ id: 1, name: 'help' }],
          quickCommands: [2, 99].map((id) => ({ id, name: `Quick ${id}` })),
        },
      });
      await stage.startSubscriber();
    });
    after(() => stage.end());

    const ofApp = (space: string) =>
      stage.google.world.messages(space).filter(({ resource }) => resource.sender?.type === 'BOT');
    const welcomes = () =>
      ofApp(stage.room).filter(({ resource }) => resource.text?.startsWith('Hello!'));
    const allAcked = () =>
      stage.until('an empty subscription', () => {
        const { waiting, delayed, leased } = stage.google.pubsub.backlog(stage.google.subscription);
        return waiting + delayed + leased === 0 ? true : undefined;
      });

    it('helps privately when there is nothing to post, and when asked', async () => {
      for (const text of ['@Postern', '@Postern HELP', '/help']) {
        const before = ofApp(stage.room).length;
        await stage.write(stage.ana, text);
        const help = await stage.until('help', () => ofApp(stage.room)[before]);
        assert.ok(isPrivate(help), text);
        assert.match(cardText(help), /What I can do.*post.*connect.*disconnect.*status/s);
      }
    });

    it('runs quick commands by their ids, and says so privately when one isn’t set up', async () => {
      const user = `users/${stage.ana.id}`;
      await stage.google.world.runQuickCommand(user, stage.room, 2);
      const status = await stage.until('a status', () =>
        ofApp(stage.room).find(({ resource }) => resource.text?.includes('isn’t connected')),
      );
      await stage.google.world.runQuickCommand(user, stage.room, 99);
      const unknown = await stage.until('a hint', () =>
        ofApp(stage.room).find(({ resource }) => resource.text?.includes('isn’t set up')),
      );

      assert.ok(isPrivate(status));
      assert.ok(isPrivate(unknown));
    });

    it('forgets what waits in a space that it is removed from', async () => {
      await stage.write(stage.ana, '@Postern never to be seen');
      const link = await stage.link(stage.ana);
      await stage.google.world.removeApp(`users/${stage.ana.id}`, stage.room);
      await allAcked();

      const page = await stage.consent(link, stage.ana);
      assert.equal(page.status, 410);
      assert.equal(stage.seen(stage.bruno).filter(isPost).length, 0);
    });

    it('welcomes the room once when it is added, without a link for all to see', async () => {
      await stage.google.world.addApp(`users/${stage.ana.id}`, stage.room);
      const welcome = await stage.until('a welcome', () => welcomes()[0]);
      await allAcked();

      assert.equal(welcomes().length, 1);
      assert.ok(!isPrivate(welcome) && !hasLink(welcome));
    });

    it('welcomes and answers when it is added by a mention', async () => {
      await stage.google.world.removeApp(`users/${stage.ana.id}`, stage.room);
      const dead = await stage.link(stage.ana);
      await stage.write(stage.ana, '@Postern first words');
      const link = await stage.until('a new link', () =>
        stage
          .seen(stage.ana)
          .map(consentLink)
          .findLast((url) => url !== undefined && url !== dead),
      );
      await stage.until('a second welcome', () => welcomes()[1]);
      await stage.consent(link, stage.ana);

      const post = await stage.until('the post', () => stage.seen(stage.bruno).find(isPost));
      await allAcked();
      assert.equal(post.resource.text, 'first words');
      assert.equal(welcomes().length, 2, 'one for each time it was added');
    });

    it('offers to connect in the welcome of a direct message, and posts there without looping', async () => {
      const { resource } = await stage.google.world.openDirectMessage(`users/${stage.bruno.id}`);
      const dm = resource.name;
      const link = await stage.link(stage.bruno, dm);
      await allAcked();
      const [welcome, ...more] = ofApp(dm);
      assert.match(welcome?.resource.text ?? '', /^Hello!/);
      assert.deepEqual(more, []);

      await stage.consent(link, stage.bruno);
      await stage.write(stage.bruno, 'to myself', { space: dm });
      await stage.until('the post', () => stage.seen(stage.bruno, dm).find(isPost));
      await allAcked();
      assert.equal(stage.seen(stage.bruno, dm).filter(isPost).length, 1);
    });
  });
}
