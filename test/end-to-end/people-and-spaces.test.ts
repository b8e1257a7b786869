import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  CHAT_MEMBERSHIPS,
  CHAT_MEMBERSHIPS_APP,
  CHAT_MESSAGES_CREATE,
  CHAT_SPACES_CREATE,
} from '../../src/lib/authorization/scopes.ts';
import { hasLink, isPost, isPrivate } from './messages.ts';
import { type Stage, setStage } from './stage.ts';

for (const dialect of ['classic', 'add-on'] as const) {
  describe(`people and spaces, end to end, in the ${dialect} dialect`, () => {
    let stage: Stage;
    let ana: string;
    let bruno: string;
    /** Ana and Postern are in it. */
    let solo: string;
    before(async () => {
      stage = await setStage({ dialect });
      await stage.startSubscriber();
      ana = `users/${stage.ana.id}`;
      bruno = `users/${stage.bruno.id}`;
    });
    after(() => stage.end());

    const spaceNamed = (name: string) =>
      stage.google.world.spaces().filter(({ resource }) => resource.displayName === name);
    const membersOf = (space: string) => stage.google.world.space(space)?.members;
    const answers = (space = stage.room) =>
      stage
        .seen(stage.ana, space)
        .filter((message) => isPrivate(message) && message.resource.text !== undefined)
        .map(({ resource }) => resource.text ?? '');
    /** What Ana writes, and the private answer that comes of it. */
    const ask = async (text: string, space = stage.room) => {
      const known = answers(space).length;
      await stage.write(stage.ana, text, { space });
      return await stage.until(`an answer to ${text}`, () => answers(space)[known]);
    };
    /** The same for what needs a permission first. */
    const askAndConsent = async (text: string, scope: string, space = stage.room) => {
      const known = answers(space).length;
      await stage.write(stage.ana, text, { space });
      const page = await stage.consent(await stage.link(stage.ana, space), stage.ana, [scope]);
      assert.equal(page.status, 200);
      return await stage.until(`an answer to ${text}`, () => answers(space)[known]);
    };

    it('lists who is here to the person who asks, and to nobody else', async () => {
      const list = await ask('@Postern members');
      assert.equal(list, 'There are 2 people in this space:\n• Ana\n• Bruno');
      assert.equal(stage.seen(stage.bruno).filter(isPrivate).length, 0);
    });

    it('tells that everyone who is mentioned is here', async () => {
      assert.match(await ask('@Postern members @Ana @Bruno'), /^Everyone/);
    });

    it('tells how a command is used, before it asks for any permission', async () => {
      assert.match(await ask('@Postern add somebody'), /For example: “add @Ana @Bruno”/);
      assert.match(await ask('@Postern space @Bruno'), /For example: “space Launch party/);
      assert.equal(stage.seen(stage.ana).filter(hasLink).length, 0);
    });

    it('creates a space with people, with the one permission that this takes', async () => {
      const text = '@Postern space "Summer party" @Bruno';
      const answer = await askAndConsent(text, CHAT_SPACES_CREATE);

      const [made, ...more] = spaceNamed('Summer party');
      assert.deepEqual(more, []);
      assert.deepEqual(made?.members, [ana, bruno]);
      assert.equal(answer, `The space “Summer party” is ready: ${made?.resource.spaceUri}`);
    });

    it('creates one space of a request that comes twice and whose answer is lost', async () => {
      stage.copies = 2;
      stage.google.chatFaults.failNext({ method: 'spaces.setup', after: 'commit' });
      await ask('@Postern space Solo');
      stage.copies = 1;

      const [made, ...more] = spaceNamed('Solo');
      assert.deepEqual(more, []);
      assert.deepEqual(made?.members, [ana]);
      solo = made?.resource.name ?? '';
      await stage.google.world.addApp(ana, solo);
    });

    it('asks for another name where a name is taken', async () => {
      assert.match(await ask('@Postern space Launch party'), /Choose another name/);
      assert.equal(spaceNamed('Launch party').length, 1);
    });

    it('tells who is missing', async () => {
      const answer = await ask('@Postern members @Ana @Bruno', solo);
      assert.match(answer, /^Not in this space yet: Bruno\./);
    });

    it('adds who is missing, once, with the one permission that this takes', async () => {
      stage.google.chatFaults.failNext({ method: 'members.create', after: 'commit' });
      const answer = await askAndConsent('@Postern add @Bruno @Ana', CHAT_MEMBERSHIPS, solo);

      assert.equal(answer, 'In this space already: Bruno and Ana.');
      assert.equal(membersOf(solo)?.filter((member) => member === bruno).length, 1);
      assert.match(await ask('@Postern members @Bruno', solo), /^This person is here/);
    });

    it('names who can’t be added, and why', async () => {
      stage.google.chatFaults.failNext({ method: 'members.create', status: 403 });
      const answer = await ask('@Postern add @Bruno @Ana', solo);
      assert.match(answer, /^In this space already: Ana\.\nBruno couldn’t be added: .*may not/);
    });

    it('says that it is here already when it is to be added', async () => {
      const answer = await askAndConsent('@Postern add app', CHAT_MEMBERSHIPS_APP, solo);
      assert.equal(answer, 'I’m here already.');
    });

    it('posts only after one more permission, and keeps those that it has', async () => {
      await stage.write(stage.ana, '@Postern hello');
      await stage.consent(await stage.link(stage.ana), stage.ana, [CHAT_MESSAGES_CREATE]);
      await stage.until('a post', () => stage.seen(stage.bruno).find(isPost));

      await ask('@Postern space Third');
      assert.deepEqual(spaceNamed('Third')[0]?.members, [ana]);
    });
  });
}
