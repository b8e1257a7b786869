import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { inspect } from '../../simulator/inspector/read.ts';
import type { InspectorView, Row, Timeline } from '../../simulator/inspector/view.ts';
import { secretsOf } from '../support/discretion.ts';
import { isPost } from './messages.ts';
import { type Stage, setStage } from './stage.ts';

describe('the inspector, of what really happens', () => {
  let stage: Stage;
  /** All that the page was ever given. */
  let given = '';
  before(async () => {
    stage = await setStage({ dialect: 'add-on' });
    await stage.startSubscriber();
  });
  after(() => stage.end());

  const look = (key = ''): InspectorView => {
    const view = inspect(stage.google.observatory.journal, stage.google.world, key);
    given += JSON.stringify(view);
    return view;
  };
  const row = (text: string): Row | undefined => look().rows.find((one) => one.text === text);
  const settled = (text: string): Promise<Row> =>
    stage.until(`the end of ${text}`, () => {
      const found = row(text);
      return found?.state.tone === 'good' ? found : undefined;
    });
  const timelineOf = (text: string): Timeline =>
    look(row(text)?.key).timeline ?? assert.fail(`no timeline of ${text}`);
  const allAcked = () =>
    stage.until('an empty subscription', () => {
      const { waiting, delayed, leased } = stage.google.pubsub.backlog(stage.google.subscription);
      return waiting + delayed + leased === 0 ? true : undefined;
    });

  it('shows a first message, its consent and its post as one, in the order of the design', async () => {
    await stage.write(stage.ana, '@Postern Hello from Ana');
    const link = await stage.link(stage.ana);
    const waiting = await stage.until('the wait', () => {
      const found = row('@Postern Hello from Ana');
      return found?.state.tone === 'waits' ? found : undefined;
    });
    assert.equal(waiting.state.text, 'Waits for Ana’s consent');
    await allAcked();
    await stage.consent(link, stage.ana);
    const answered = await settled('@Postern Hello from Ana');
    await allAcked();

    assert.equal(answered.state.text, 'Answered as Ana');
    const { steps } = timelineOf('@Postern Hello from Ana');
    const titles = steps.map(({ title }) => title);
    // The relay takes what is due between two looks, sometimes.
    assert.deepEqual(
      titles.filter((title) => title !== 'Ledger: taken by the relay'),
      [
        'Chat publishes the event',
        'The subscriber pulls it',
        'Ledger: new, so it is claimed',
        'Posts a message as the app, which only Ana sees',
        'Ledger: put aside',
        'Acked',
        'The card’s link leads a browser to Google',
        'Ana reads what Postern asks for',
        'Ana allows it',
        'oauth-web exchanges the code: it is Ana',
        'Ledger: due',
        'The relay publishes the request’s id',
        'The subscriber pulls it',
        'Ledger: claimed',
        'A fresh access token of Ana’s',
        'Posts a message as Ana',
        'Changes a message as the app',
        'Ledger: done, answered',
        'Acked',
      ],
    );
  });

  it('ties what people write at the same time to whoever wrote it', async () => {
    await Promise.all([
      stage.write(stage.ana, '@Postern Ana’s second'),
      stage.write(stage.bruno, '@Postern help'),
      stage.write(stage.ana, 'help', { space: stage.dm }),
    ]);
    assert.equal((await settled('@Postern Ana’s second')).state.text, 'Answered as Ana');
    assert.equal((await settled('@Postern help')).state.text, 'Answered privately');
    assert.equal((await settled('help')).state.text, 'Answered as the app');
    const calls = (text: string) => timelineOf(text).steps.filter(({ to }) => to === 'api').length;
    assert.deepEqual(['@Postern Ana’s second', '@Postern help', 'help'].map(calls), [1, 1, 1]);
  });

  it('shows that nothing doubles when the same event is published again', async () => {
    const posts = stage.seen(stage.bruno).filter(isPost).length;
    const id = timelineOf('@Postern Ana’s second').message?.id ?? assert.fail();
    const response = await fetch(`${stage.google.url}/inspector/publish-again`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: stage.google.url },
      body: JSON.stringify({ message: id }),
    });
    assert.equal(response.status, 200);
    await allAcked();

    const titles = timelineOf('@Postern Ana’s second').steps.map(({ title }) => title);
    assert.deepEqual(titles.slice(-3), [
      'The same event is published again',
      'The subscriber pulls it',
      'Acked',
    ]);
    assert.equal(stage.seen(stage.bruno).filter(isPost).length, posts);
  });

  it('shows what Google does not let through, and what is tried again', async () => {
    stage.google.chatFaults.failNext({ method: 'messages.create', status: 503 });
    await stage.write(stage.ana, '@Postern through a failure');
    const answered = await settled('@Postern through a failure');

    assert.equal(answered.hasTrouble, true);
    const calls = timelineOf('@Postern through a failure').steps.filter(({ to }) => to === 'api');
    assert.deepEqual(
      calls.map(({ tone }) => tone),
      ['bad', 'good'],
    );
  });

  it('shows what a system has published, and what came of it', async () => {
    stage.notify({ space: stage.room, text: 'The backup is done' });
    const answered = await settled('The backup is done');
    assert.equal(answered.title, 'A system’s notification in Launch party');
    assert.equal(answered.state.text, 'Answered as the app');
  });

  it('shows a denial as the end of the walk, and the request as still waiting', async () => {
    await stage.write(stage.bruno, '@Postern Bruno’s first');
    await stage.consent(await stage.link(stage.bruno), stage.bruno, false);
    await stage.until('the denial', () =>
      timelineOf('@Postern Bruno’s first').steps.find(({ title }) => title === 'Bruno says no'),
    );
    await stage.until('the wait', () =>
      row('@Postern Bruno’s first')?.state.text === 'Waits for Bruno’s consent' ? true : undefined,
    );
  });

  it('gives no secret to the page, of all that were issued', () => {
    const secrets = secretsOf(stage.google, stage.credentials);
    assert.ok(secrets.some((secret) => secret.startsWith('ya29.')));
    for (const { key } of look().rows) look(key);
    assert.ok(given.includes('(masked, '));
    assert.deepEqual(
      secrets.filter(
        (secret) => given.includes(secret) || given.includes(encodeURIComponent(secret)),
      ),
      [],
    );
    assert.doesNotMatch(given, /simulated-secret-/);
  });
});
