import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { SimulatedMessage } from '../../simulator/world.ts';
import { CHAT_MESSAGES_CREATE } from '../../src/lib/authorization/scopes.ts';
import { seconds } from '../../src/lib/clock.ts';
import { cardText, isPost, isPrivate } from './messages.ts';
import { type Stage, type Subscriber, setStage } from './stage.ts';

/** What is promised of a post: at its hour, and this late at most. */
const MAX_LATE_MS = seconds(2);

for (const dialect of ['classic', 'add-on'] as const) {
  describe(`schedules, end to end, in the ${dialect} dialect`, () => {
    let stage: Stage;
    let subscriber: Subscriber;
    let ana: string;
    before(async () => {
      const slashCommands = [{ id: 7, name: 'schedule' }];
      const environment = { CHAT_COMMANDS: '7:schedule' };
      stage = await setStage({ dialect, app: { slashCommands }, environment });
      subscriber = await stage.startSubscriber();
      ana = `users/${stage.ana.id}`;
    });
    after(() => stage.end());

    const posts = (text: string) =>
      stage
        .seen(stage.bruno)
        .filter((message) => isPost(message) && message.resource.text === text);
    const posted = (text: string) => stage.until(`the post ${text}`, () => posts(text)[0]);
    const timeOf = ({ resource }: SimulatedMessage) => Date.parse(resource.createTime ?? '');
    /** The newest card that only Ana sees, once there is one more than there was. */
    const nextCard = async (act: () => Promise<unknown>): Promise<SimulatedMessage> => {
      const cards = () => stage.seen(stage.ana).filter(isPrivate);
      const known = cards().length;
      await act();
      return await stage.until('a card', () => cards()[known]);
    };
    const changed = (name: string, text: string) =>
      stage.until(`“${text}” on the card`, () =>
        stage
          .seen(stage.ana)
          .find(({ resource }) => resource.name === name && cardText({ resource }).includes(text)),
      );
    const scheduled = () =>
      stage.output.filter((line) => line.includes('"outcome":"scheduled"')).length;
    const nameOf = ({ resource }: SimulatedMessage) => resource.name ?? '';

    it('are posted at their hour, after the consent that they were asked for at once', async () => {
      const text = 'The first of them';
      await stage.write(stage.ana, `@Postern schedule in 4 seconds ${text}`);
      const link = await stage.link(stage.ana);
      const page = await stage.consent(link, stage.ana, [CHAT_MESSAGES_CREATE]);
      assert.equal(page.status, 200);
      await posted(text);
    });

    it(`are posted once, and ${MAX_LATE_MS} ms late at most`, async () => {
      const text = 'On the second';
      stage.copies = 2;
      const asked = await stage.write(stage.ana, `@Postern schedule in 3 seconds ${text}`);
      stage.copies = 1;
      const late = timeOf(await posted(text)) - (timeOf(asked) + seconds(3));
      assert.ok(late >= 0 && late <= MAX_LATE_MS, `${late} ms late`);
      assert.equal(posts(text).length, 1);
    });

    for (const end of ['stop', 'kill'] as const) {
      it(`are posted by another subscriber when theirs has ended (${end})`, async () => {
        const text = `Survived its ${end}`;
        const known = scheduled();
        const command = `@Postern schedule in 4 seconds ${text}`;
        const card = await nextCard(() => stage.write(stage.ana, command));
        assert.match(cardText(card), /Scheduled/);
        await stage.until('the ledger’s word', () => (scheduled() > known ? true : undefined));
        await (end === 'stop' ? subscriber.stop(10_000) : subscriber.kill());
        assert.deepEqual(posts(text), []);
        subscriber = await stage.startSubscriber();
        await posted(text);
        assert.equal(posts(text).length, 1);
      });
    }

    it('are listed, and cancelled by a button', async () => {
      const cancelled = 'This one is cancelled';
      const kept = 'This one is kept';
      await nextCard(() => stage.write(stage.ana, `@Postern schedule in 2 hours ${cancelled}`));
      const plan = await nextCard(() =>
        stage.write(stage.ana, `@Postern schedule tomorrow 9:00 ${kept}`),
      );
      assert.match(cardText(plan), /at 9:00\sAM Eastern (?:Standard|Daylight) Time/);
      const list = await nextCard(() => stage.write(stage.ana, '@Postern schedule'));
      assert.ok(cardText(list).indexOf(cancelled) < cardText(list).indexOf(kept));

      await stage.google.world.press(ana, nameOf(list), 'Cancel', 0);
      await changed(nameOf(list), 'Cancelled');
      await stage.google.world.press(ana, nameOf(plan), 'Cancel');
      await changed(nameOf(plan), 'Cancelled');
      const empty = await nextCard(() => stage.write(stage.ana, '@Postern schedule'));
      assert.match(cardText(empty), /Nothing is scheduled/);
    });

    it('are cancelled before their hour, or not at all', async () => {
      const text = 'Soon to be cancelled';
      const command = `@Postern schedule in 3 seconds ${text}`;
      const card = await nextCard(() => stage.write(stage.ana, command));
      await stage.google.world.press(ana, nameOf(card), 'Cancel');
      await changed(nameOf(card), 'Cancelled');

      const later = 'Posted after that';
      const tooLate = await nextCard(() =>
        stage.write(stage.ana, `@Postern schedule in 4 seconds ${later}`),
      );
      await posted(later);
      assert.deepEqual(posts(text), []);
      await stage.google.world.press(ana, nameOf(tooLate), 'Cancel');
      await changed(nameOf(tooLate), 'already');
    });

    it('are told by a slash command, too', async () => {
      await stage.write(stage.ana, '/schedule in 1 second By the slash command');
      await posted('By the slash command');
    });

    it('ask for the time zone once, where Chat doesn’t tell it', async () => {
      const { timeZone: _, ...nowhere } = stage.ana;
      stage.google.world.setPerson(nowhere);
      const answer = async (words: string) =>
        await nextCard(() => stage.write(stage.ana, `@Postern schedule ${words}`));
      const question = await answer('tomorrow 9:00 Hello from there');
      assert.match(question.resource.text ?? '', /I don’t know your time zone/);
      const kept = await answer('zone tokyo');
      assert.match(kept.resource.text ?? '', /Asia\/Tokyo/);
      const plan = await answer('tomorrow 9:00 Hello from there');
      assert.match(cardText(plan), /Japan Standard Time/);
      stage.google.world.setPerson(stage.ana);
    });
  });
}
