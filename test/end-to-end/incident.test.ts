import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { SimulatedMessage, SimulatedPerson } from '../../simulator/world.ts';
import { CHAT_MEMBERSHIPS_APP, CHAT_SPACES_CREATE } from '../../src/lib/authorization/scopes.ts';
import { hasLink, isPrivate } from './messages.ts';
import { type Stage, setStage } from './stage.ts';

for (const dialect of ['classic', 'add-on'] as const) {
  describe(`an incident, end to end, in the ${dialect} dialect`, () => {
    let stage: Stage;
    before(async () => {
      stage = await setStage({ dialect });
      await stage.startSubscriber();
    });
    after(() => stage.end());

    const roomsNamed = (name: string) =>
      stage.google.world.spaces().filter(({ resource }) => resource.displayName === name);
    const roomNamed = (name: string) => {
      const [room, ...more] = roomsNamed(name);
      assert.deepEqual(more, []);
      return room?.resource ?? assert.fail(`no room ${name}`);
    };
    /** Its card, as Bruno sees it: there is one. */
    const cardOf = (name: string): SimulatedMessage => {
      const cards = stage
        .seen(stage.bruno, roomNamed(name).name)
        .filter(({ resource }) => resource.cardsV2?.[0]?.card?.header?.title === name);
      assert.equal(cards.length, 1);
      return cards[0] ?? assert.fail('no card');
    };
    /** What has happened, without the times; the status first. */
    const historyOf = (name: string) => {
      const [now, history] = cardOf(name).resource.cardsV2?.[0]?.card?.sections ?? [];
      const lines = history?.widgets?.map(({ textParagraph }) => textParagraph?.text ?? '') ?? [];
      return [
        now?.widgets?.[0]?.decoratedText?.text,
        ...lines.map((line) => line.replace(/^\d\d:\d\d.* · /, '')),
      ];
    };
    const press = (who: SimulatedPerson, name: string, label: string) =>
      stage.google.world.press(`users/${who.id}`, cardOf(name).resource.name ?? '', label);
    const untilHistory = (name: string, length: number) =>
      stage.until(`${length} lines of ${name}`, () =>
        historyOf(name).length > length ? true : undefined,
      );
    const answers = () =>
      stage
        .seen(stage.ana)
        .filter((message) => isPrivate(message) && message.resource.text !== undefined)
        .map(({ resource }) => resource.text ?? '');
    const allAcked = () =>
      stage.until('an empty subscription', () => {
        const { waiting, delayed, leased } = stage.google.pubsub.backlog(stage.google.subscription);
        return waiting + delayed + leased === 0 ? true : undefined;
      });
    /** What Ana asks for, and the answer that is left in the end. */
    const ask = async (text: string) => {
      const known = answers().length;
      await stage.write(stage.ana, text);
      await stage.until(`an answer to ${text}`, () => answers()[known]);
      await allAcked();
      assert.equal(answers().length, known + 1);
      return answers()[known];
    };
    const ready = (name: string) =>
      `The incident room “${name}” is ready: ${roomNamed(name).spaceUri}`;

    it('is opened after one question for the permission that is missing', async () => {
      await stage.write(stage.ana, '@Postern space Before');
      await stage.consent(await stage.link(stage.ana), stage.ana, [CHAT_SPACES_CREATE]);
      await stage.until('the space', () => roomsNamed('Before')[0]);
      await allAcked();
      const known = answers().length;

      await stage.write(stage.ana, '@Postern incident Payments API is down @Bruno');
      await stage.consent(await stage.link(stage.ana), stage.ana, [CHAT_MEMBERSHIPS_APP]);
      const answer = await stage.until('the answer', () => answers()[known]);
      assert.equal(answer, ready('Payments API is down'));
      await allAcked();
      assert.equal(stage.seen(stage.ana).filter(hasLink).length, 0, 'nothing is asked any more');
      assert.equal(stage.seen(stage.bruno).filter(isPrivate).length, 0);
    });

    it('has a room with these people and the app, and a card that all of them see', async () => {
      const { ana, bruno, google } = stage;
      const { members } = roomsNamed('Payments API is down')[0] ?? assert.fail();
      assert.deepEqual(
        members.toSorted(),
        [ana, bruno, google.world.app].map(({ id }) => `users/${id}`).toSorted(),
      );
      assert.deepEqual(historyOf('Payments API is down'), ['Open', 'Ana opened this incident.']);
      assert.ok(!isPrivate(cardOf('Payments API is down')));
    });

    it('keeps what two people press at the same moment', async () => {
      const name = 'Payments API is down';
      await Promise.all([
        press(stage.bruno, name, 'Investigating'),
        press(stage.ana, name, 'Resolved'),
      ]);
      await untilHistory(name, 3);
      const [, ...lines] = historyOf(name);
      assert.deepEqual(lines.toSorted(), [
        'Ana marked this as resolved.',
        'Ana opened this incident.',
        'Bruno is investigating.',
      ]);
    });

    it('is resolved and opened again, and changes once for a press that comes twice', async () => {
      await ask('@Postern incident Search is slow @Bruno');
      stage.copies = 2;
      stage.google.chatFaults.failNext({ method: 'messages.patch', after: 'commit' });
      await press(stage.bruno, 'Search is slow', 'Resolved');
      await untilHistory('Search is slow', 2);
      await allAcked();
      await assert.rejects(press(stage.ana, 'Search is slow', 'Resolved'), /disabled/);
      await press(stage.ana, 'Search is slow', 'Investigating');
      await untilHistory('Search is slow', 3);
      await allAcked();
      stage.copies = 1;
      assert.deepEqual(historyOf('Search is slow'), [
        'Investigating',
        'Ana opened this incident.',
        'Bruno marked this as resolved.',
        'Ana is investigating.',
      ]);
    });

    for (const method of ['spaces.setup', 'members.create', 'messages.create'] as const) {
      it(`is one room, one card and one answer, when it comes twice and ${method} loses its answer`, async () => {
        const name = `No answer of ${method}`;
        stage.copies = 2;
        stage.google.chatFaults.failNext({ method, after: 'commit', times: 2 });
        assert.equal(await ask(`@Postern incident ${name} @Bruno`), ready(name));
        stage.copies = 1;
        assert.deepEqual(historyOf(name), ['Open', 'Ana opened this incident.']);
      });
    }

    it('shows who asked how far it is, where Chat is slow, and then the link in its place', async () => {
      const known = answers().length;
      stage.google.chatFaults.delayNext({ method: 'spaces.setup', ms: 2500 });
      stage.google.chatFaults.failNext({ method: 'messages.patch', after: 'commit' });
      await stage.write(stage.ana, '@Postern incident Chat is slow');
      const status = await stage.until('a status', () => answers()[known]);
      assert.equal(status, 'Creating the incident room …');
      await stage.until('the link', () => answers()[known]?.includes('ready') || undefined);
      await allAcked();
      assert.deepEqual(answers().slice(known), [ready('Chat is slow')]);
      assert.equal(stage.seen(stage.bruno).filter(isPrivate).length, 0);
    });

    it('needs another name where a name is taken', async () => {
      assert.match((await ask('@Postern incident Search is slow')) ?? '', /in other words/);
      assert.equal(roomsNamed('Search is slow').length, 1);
    });

    it('does not lose the room where the app may not join', async () => {
      stage.google.chatFaults.failNext({ method: 'members.create', status: 403 });
      const answer = (await ask('@Postern incident No apps here')) ?? '';
      assert.ok(answer.startsWith(`${ready('No apps here')}\n`), answer);
      assert.match(answer, /A manager of the room can add me/);
    });

    it('tells how it is used, and opens nothing', async () => {
      const spaces = stage.google.world.spaces().length;
      assert.match((await ask('@Postern incident @Bruno')) ?? '', /For example/);
      assert.equal(stage.google.world.spaces().length, spaces);
    });
  });
}
