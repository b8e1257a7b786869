import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import type { SimulatedPerson } from '../../simulator/world.ts';
import { languageFor } from '../../src/lib/words/language.ts';
import { isPost, isPrivate } from './messages.ts';
import { type Stage, type Subscriber, setStage } from './stage.ts';

describe('a poisoned request', () => {
  let stage: Stage;
  let published: string[];
  before(async () => {
    published = [];
    stage = await setStage({
      dialect: 'classic',
      maximumBackoffMs: 1000,
      // What a crash leaves behind is free soon; so are repeats of a call over.
      environment: { LEASE_SECONDS: '3' },
      pubsub: {
        publish: async (data) => {
          published.push(stage.google.pubsub.publish(stage.google.topic, data));
        },
      },
    });
    const subscriber = await stage.startSubscriber();
    for (const person of [stage.ana, stage.bruno]) {
      await stage.write(person, '@Postern connect');
      await stage.consent(await stage.link(person), person);
    }
    await allAcked();
    await subscriber.stop(10_000);
  });
  after(() => stage.end());

  const posts = (text: string) =>
    stage.seen(stage.bruno).filter((message) => isPost(message) && message.resource.text === text);
  /** The apologies that a person has seen, in their language. */
  const apologies = (person: SimulatedPerson, how: 'apology' | 'apologyUnsure') => {
    const text = languageFor(person.locale).words[how];
    return stage
      .seen(person)
      .filter((message) => isPrivate(message) && message.resource.text === text);
  };
  const isAcked = (): boolean => {
    const { waiting, delayed, leased } = stage.google.pubsub.backlog(stage.google.subscription);
    return waiting + delayed + leased === 0;
  };
  const allAcked = () =>
    stage.until('an empty subscription', () => (isAcked() ? true : undefined), 40_000);
  /** What was asked for and not done, as the ledger keeps it. */
  const keptFor = (person: SimulatedPerson) => {
    const ledger = new DatabaseSync(join(stage.folder, 'postern.sqlite'), { readOnly: true });
    const rows = ledger
      .prepare(`SELECT payload FROM requests WHERE outcome = 'failed' AND user = ?`)
      .all(`users/${person.id}`);
    ledger.close();
    return rows;
  };

  it('that Chat always fails at ends with one private apology, is kept, and blocks nobody in its space', {
    timeout: 120_000,
  }, async () => {
    const subscriber = await stage.startSubscriber();
    const fault = { method: 'messages.create', status: 500, times: Infinity };
    stage.google.chatFaults.failNext({ ...fault, mentioning: 'poison' });
    await stage.write(stage.ana, '@Postern poison');

    const isGivenUp = (): boolean => apologies(stage.ana, 'apology').length > 0;
    let meanwhile = 0;
    while (!isGivenUp() && meanwhile < 50) {
      meanwhile += 1;
      const person = meanwhile % 2 === 0 ? stage.ana : stage.bruno;
      await stage.write(person, `@Postern ordinary ${meanwhile}`);
      await stage.until('a post', () => posts(`ordinary ${meanwhile}`)[0]);
    }
    assert.ok(isGivenUp(), 'it is never given up');
    assert.ok(meanwhile > 4, 'both of them have posted meanwhile');
    await allAcked();

    assert.equal(posts('poison').length, 0);
    assert.equal(apologies(stage.ana, 'apology').length, 1);
    assert.equal(apologies(stage.bruno, 'apology').length, 0);
    for (let nth = 1; nth <= meanwhile; nth++) assert.equal(posts(`ordinary ${nth}`).length, 1);
    assert.equal(keptFor(stage.ana).length, 1);
    stage.google.chatFaults.clear();
    await subscriber.stop(10_000);
  });

  it('that kills whoever works on it is given up, is kept, and others in its space go on', {
    timeout: 120_000,
  }, async () => {
    const environment = {
      NODE_OPTIONS: `--import=${new URL('lethal-preload.ts', import.meta.url).href}`,
      POSTERN_TEST_LETHAL: 'lethal',
    };
    await stage.write(stage.bruno, '@Postern lethal');
    const event = published.at(-1) ?? '';

    const isGivenUp = stage.until(
      'an apology',
      () => apologies(stage.bruno, 'apologyUnsure')[0],
      90_000,
    );
    let deaths = 0;
    let survivor: Subscriber | undefined;
    for (;;) {
      // It may die before it has said that it is ready.
      survivor = await stage.startSubscriber(environment).catch(() => undefined);
      const end = await Promise.race([isGivenUp.then(() => 'given up'), survivor?.ended]);
      if (end === 'given up') break;
      deaths += 1;
      await stage.write(deaths % 2 === 0 ? stage.bruno : stage.ana, `@Postern beside ${deaths}`);
      // As if the deadline of what the dead one held were over.
      stage.google.pubsub.deliverAgain(stage.google.subscription, event);
    }
    await allAcked();

    assert.equal(deaths, 5);
    assert.equal(posts('lethal').length, 0);
    assert.equal(apologies(stage.bruno, 'apologyUnsure').length, 1);
    for (let nth = 1; nth <= deaths; nth++) assert.equal(posts(`beside ${nth}`).length, 1);
    assert.equal(keptFor(stage.bruno).length, 1);
    await survivor?.stop(10_000);
  });
});
