import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { ChatError } from '../../../src/lib/errors.ts';
import { ANA, BO, clicks, NEW, ROOM } from '../events.ts';
import type { Scene } from '../scene.ts';
import {
  answers,
  buttons,
  cardIn,
  MADE,
  methods,
  press,
  setIncident,
  shown,
} from './incident-scene.ts';

const GONE = 'This incident’s card isn’t there any more, so there is nothing to change.';

describe('pressing a button of its card', () => {
  const minutes = (scene: Scene, count: number): void => scene.pass(count * 60_000);

  it('says who did it and when, in the zone and the language of who opened it', async (t) => {
    const scene = await setIncident(t, { timeZone: 'America/Sao_Paulo', locale: 'en-GB' });
    minutes(scene, 5);
    const bo = { person: BO, displayName: 'Bo', timeZone: 'Asia/Tokyo', locale: 'ja' };
    assert.deepEqual(await scene.dispatch(press(scene, 'Investigating', bo)), {
      result: 'answered',
    });
    assert.deepEqual(shown(scene), {
      status: 'Investigating',
      history: ['11:00 GMT-3 · Ana opened this incident.', '11:05 GMT-3 · Bo is investigating.'],
    });
    assert.deepEqual(answers(scene), [MADE], 'nobody is told anything');
  });

  it('tells the day of what didn’t happen on the day of the opening', async (t) => {
    const scene = await setIncident(t, { timeZone: 'Asia/Tokyo', locale: 'en-GB' });
    minutes(scene, 90);
    await scene.dispatch(press(scene, 'Resolved'));
    assert.deepEqual(shown(scene).history, [
      '23:00 GMT+9 · Ana opened this incident.',
      '18 Aug 2026, 00:30 GMT+9 · Ana marked this as resolved.',
    ]);
  });

  it('resolves it, and opens it again', async (t) => {
    const scene = await setIncident(t);
    for (const label of ['Investigating', 'Resolved', 'Investigating']) {
      minutes(scene, 1);
      await scene.dispatch(press(scene, label, { id: `${label} ${scene.now()}` }));
      assert.equal(shown(scene).status, label);
      assert.deepEqual(
        buttons(scene).map(({ text, disabled }) => [text, disabled]),
        ['Investigating', 'Resolved'].map((text) => [text, text === label]),
      );
    }
    assert.equal(shown(scene).history?.length, 4);
  });

  it('changes nothing where it is in that status already, or the press was delivered before', async (t) => {
    const scene = await setIncident(t);
    const pressed = press(scene, 'Resolved');
    await scene.dispatch(pressed);
    const before = cardIn(scene).card;
    const writes = () => methods(scene, 'app').filter((method) => method === 'patchMessage').length;
    assert.equal(writes(), 1);
    await scene.dispatch({
      ...pressed,
      requestId: press(scene, 'Resolved', { id: 'x' }).requestId,
    });
    assert.deepEqual(await scene.dispatch(pressed), { result: 'duplicate' });
    assert.equal(cardIn(scene).card, before);
    assert.equal(writes(), 1);
  });

  it('keeps what two people press on the same card, one after the other', async (t) => {
    const scene = await setIncident(t);
    const ana = press(scene, 'Investigating', { id: 'Ana’s' });
    minutes(scene, 1);
    const bo = press(scene, 'Resolved', { id: 'Bo’s', person: BO, displayName: 'Bo' });
    await scene.dispatch(ana);
    await scene.dispatch(bo);
    assert.equal(shown(scene).status, 'Resolved');
    assert.equal(shown(scene).history?.length, 3);
  });

  it('writes again what another process has written over at the same moment', async (t) => {
    const scene = await setIncident(t);
    const before = cardIn(scene).card;
    const ana = press(scene, 'Investigating', { id: 'Ana’s' });
    minutes(scene, 1);
    await scene.dispatch(press(scene, 'Resolved', { person: BO, displayName: 'Bo' }));
    const byBo = cardIn(scene).card;

    cardIn(scene).card = before;
    let reads = 0;
    scene.chat.enter = ({ method }) => {
      if (method === 'readButtons' && ++reads === 2) cardIn(scene).card = byBo;
    };
    await scene.dispatch(ana);
    assert.equal(reads, 3);
    assert.deepEqual(shown(scene), {
      status: 'Resolved',
      history: [
        '02:00 PM UTC · Ana opened this incident.',
        '02:00 PM UTC · Ana is investigating.',
        '02:01 PM UTC · Bo marked this as resolved.',
      ],
    });
  });

  it('tells only who pressed that the card is gone', async (t) => {
    const scene = await setIncident(t);
    const pressed = press(scene, 'Resolved', { person: BO });
    scene.chat.delete(cardIn(scene).name);
    assert.deepEqual(await scene.dispatch(pressed), { result: 'answered' });
    const { text, privateTo } = cardIn(scene);
    assert.deepEqual([text, privateTo], [GONE, BO]);
  });

  it('has nothing to do, and nobody to tell, where the app has left', async (t) => {
    const scene = await setIncident(t);
    const pressed = press(scene, 'Resolved');
    scene.chat.enter = () => {
      throw new ChatError('chat_not_member', 'no');
    };
    assert.equal((await scene.dispatch(pressed)).result, 'refused');
    scene.chat.enter = () => {};
    assert.equal(shown(scene).status, 'Open');
  });

  it('says “Somebody” of who has no name', async (t) => {
    const scene = await setIncident(t);
    await scene.dispatch(press(scene, 'Investigating', { displayName: ' ' }));
    assert.match(shown(scene).history?.[1] ?? '', /· Somebody is investigating/);
  });
});

describe('a click that nobody made', () => {
  /** @param told what there is to read after it, by its sender only */
  const untouched = async (
    t: TestContext,
    forge: (scene: Scene) => ReturnType<typeof clicks>,
    told: readonly string[] = [],
  ) => {
    const scene = await setIncident(t);
    const before = structuredClone(scene.chat.messages());
    await scene.dispatch(forge(scene));
    const after = scene.chat.messages();
    assert.deepEqual(after.slice(0, before.length), before);
    const more = after.slice(before.length);
    assert.deepEqual(
      more.map(({ text }) => text),
      told,
    );
    assert.ok(more.every(({ privateTo }) => privateTo === ANA));
    assert.ok(!methods(scene, 'app').includes('patchMessage'));
  };

  it('changes no card of another space', (t) =>
    untouched(t, (scene) =>
      clicks({ ...forged('resolved'), space: ROOM, card: cardIn(scene).name }),
    ));

  it('changes no message that is no incident’s card', (t) =>
    untouched(
      t,
      (scene) => {
        const answer = scene.chat.messages().find(({ space }) => space === ROOM);
        return clicks({ ...forged('resolved'), card: answer?.name ?? '' });
      },
      [GONE],
    ));

  for (const to of ['open', 'closed', '', '__proto__']) {
    it(`changes nothing to ${JSON.stringify(to)}`, (t) =>
      untouched(t, (scene) => clicks({ ...forged(to), space: NEW, card: cardIn(scene).name })));
  }

  it('brings no incident of its own: what counts is on the card', async (t) => {
    const scene = await setIncident(t);
    const { parameters } = forged('resolved');
    const other = (buttons(scene)[0]?.parameters['incident'] ?? '').replace('Payments', 'Nothing');
    const card = cardIn(scene).name;
    await scene.dispatch(
      clicks({ space: NEW, card, id: 'forged', parameters: { ...parameters, incident: other } }),
    );
    assert.equal(cardIn(scene).card?.header?.title, 'Payments API is down');
  });

  const forged = (to: string) => ({ id: 'forged', parameters: { postern: 'incident', to } });
});
