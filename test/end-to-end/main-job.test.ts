import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Stage, setStage } from './stage.ts';

for (const dialect of ['classic', 'add-on'] as const) {
  describe(`the main job, end to end, in the ${dialect} dialect`, () => {
    let stage: Stage;
    before(async () => {
      stage = await setStage({ dialect });
      await stage.startSubscriber();
    });
    after(() => stage.end());

    it('asks, posts after the consent, and asks no more', async () => {
      const { ana, bruno } = stage;
      const asked = await stage.write(ana, '@Postern *Hello* @Bruno');
      const url = await stage.link(ana);
      assert.equal(stage.seen(bruno).length, 1, 'Bruno sees what Ana wrote, and no card');

      const page = await stage.consent(url, ana);
      assert.equal(page.status, 200);

      const posted = await stage.until('Ana’s post', () =>
        stage.seen(bruno).find(({ via }) => via !== undefined),
      );
      assert.equal(posted.resource.sender?.name, `users/${ana.id}`);
      assert.equal(posted.resource.thread?.name, asked.resource.thread?.name);
      assert.equal(posted.resource.formattedText, `*Hello* <users/${bruno.id}>`);
    });
  });
}
