import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hours, minutes } from '../../../src/lib/clock.ts';
import { ANA, added, BO, commands, OTHER_ROOM, says } from '../events.ts';
import { wordsOf } from '../recording-chat.ts';
import { LISBON, setSchedules } from './schedule-scene.ts';

const isFor = /Scheduled\nI’ll post this as you \((.+)\):\n(.+)/;

describe('scheduling', () => {
  it('shows the person, and nobody else, when it will be posted, and what', async (t) => {
    const { scene, schedule, newest, posts } = setSchedules(t);
    await scene.connect();
    assert.equal(await schedule('tomorrow 9:00 Good *morning*'), 'scheduled');
    const [, time, text] = isFor.exec(wordsOf(newest())) ?? [];
    assert.equal(text, 'Good *morning*');
    assert.equal(time, 'Tuesday, August 18, 2026 at 9:00 AM Western European Summer Time');
    assert.equal(newest().privateTo, ANA);
    assert.deepEqual(posts(), []);
  });

  it('asks for the consent at once, and goes on when it has come', async (t) => {
    const { scene, schedule, newest, pass, posts } = setSchedules(t);
    assert.equal(await schedule('in 20 minutes Back'), 'parked');
    await scene.consent(scene.link());
    assert.deepEqual(await pass(minutes(5)), ['scheduled']);
    assert.match(wordsOf(newest()), isFor);
    assert.deepEqual(await pass(minutes(15) - 1), []);
    assert.deepEqual(await pass(1), ['answered']);
    assert.deepEqual(posts(), ['Back']);
  });

  it('posts nothing when the consent comes after the hour, and says so', async (t) => {
    const { scene, schedule, newest, pass, posts } = setSchedules(t);
    await schedule('in 20 minutes Back');
    scene.pass(minutes(20));
    await scene.consent(scene.link());
    assert.deepEqual(await pass(0), ['answered']);
    assert.match(wordsOf(newest()), /Monday, August 17, 2026 at 3:20 PM .*had passed/);
    assert.deepEqual(await pass(hours(24)), []);
    assert.deepEqual(posts(), []);
  });

  it('takes what came late by our fault as if it had been in time, for ten minutes', async (t) => {
    const { scene, ask, pass, posts, words } = setSchedules(t);
    await scene.connect();
    const late = ask('in 20 minutes Late', { id: 'late' });
    const lost = ask('in 15 minutes Lost', { id: 'lost' });
    scene.pass(minutes(25));
    assert.equal((await scene.dispatch(late)).result, 'scheduled');
    assert.equal((await scene.dispatch(lost)).result, 'answered');
    assert.deepEqual(await pass(0), ['answered']);
    assert.deepEqual(posts(), ['Late']);
    assert.ok(words().some((text) => /had passed/.test(text)));
  });

  const OBJECTIONS: readonly [words: string, answer: RegExp][] = [
    ['Good morning', /^Tell me when, and then what to post/],
    ['tomorrow Good morning', /^Tell me when/],
    ['tomorrow 9:00', /^Tell me what to post/],
    ['yesterday 9:00 Hello', /^Sunday, August 16, 2026 at 9:00 AM .* is in the past/],
    ['2028-01-01 9:00 Hello', /^Saturday, January 1, 2028 .* more than a year away/],
    [`tomorrow 9:00 ${'ä'.repeat(16_001)}`, /^This has 32,002 bytes, .* takes 32,000 at most/],
    ['zone', /^Tell me when/],
  ];
  for (const [words, answer] of OBJECTIONS) {
    it(`says what is wrong with “${words.slice(0, 30)}”, and asks for no consent`, async (t) => {
      const { schedule, newest, words: shown } = setSchedules(t);
      assert.equal(await schedule(words), 'answered');
      assert.match(wordsOf(newest()), answer);
      assert.equal(shown().length, 1);
    });
  }

  it('keeps a hundred plans of a person, and no more', async (t) => {
    const { scene, schedule, newest } = setSchedules(t);
    await scene.connect();
    for (let count = 1; count <= 100; count++) {
      assert.equal(await schedule(`in ${count} hours Hello`, { id: `plan ${count}` }), 'scheduled');
    }
    assert.equal(await schedule('in 1 hour Hello', { id: 'plan 101' }), 'answered');
    assert.match(wordsOf(newest()), /^You have 100 posts waiting already/);
    await scene.connect(BO);
    const bo = { id: 'of Bo', person: BO };
    assert.equal(await schedule('in 1 hour Hello', bo), 'scheduled');
  });

  it('is told and answered in the person’s language', async (t) => {
    const { scene, schedule, newest, pass, posts } = setSchedules(t);
    await scene.connect();
    await schedule('amanhã às 9h Bom dia', { locale: 'pt-BR', timeZone: 'America/Sao_Paulo' });
    assert.match(
      wordsOf(newest()),
      /^Agendado\n.*terça-feira, 18 de agosto de 2026 às 09:00 Horário Padrão de Brasília/,
    );
    await pass(hours(24));
    assert.deepEqual(posts(), ['Bom dia']);
  });

  it('reads a slash command as well', async (t) => {
    const { scene, pass, posts } = setSchedules(t);
    await scene.connect();
    const interaction = commands(5, 'in 20 minutes schedule is the word', {
      ...LISBON,
      eventTime: scene.now(),
    });
    assert.equal((await scene.dispatch(interaction)).result, 'scheduled');
    await pass(minutes(20));
    assert.deepEqual(posts(), ['schedule is the word']);
  });
});

describe('the text', () => {
  const TEXTS: readonly [what: string, plain: string, markup: string, posted: string][] = [
    [
      'its mentions and formatting',
      '9:00 Hi @Bo now',
      `9:00 *Hi* <${BO}> _now_`,
      `*Hi* <${BO}> _now_`,
    ],
    ['its lines', '9:00\nHi\n  there', '9:00\nHi\n  there', 'Hi\n  there'],
    [
      'its plain words, where formatting begins before it',
      '9:00 Hi @Bo',
      `*9:00 Hi* <${BO}>`,
      'Hi @Bo',
    ],
    ['its plain words, where formatting begins right before it', '9:00 Hi', '9:00* Hi*', 'Hi'],
    ['what it says literally', '9:00 <users/all> Hi', '*9:00* <users/all> Hi', '‹users/all> Hi'],
  ];
  for (const [what, plain, markup, posted] of TEXTS) {
    it(`keeps ${what}`, async (t) => {
      const { scene, schedule, pass, posts } = setSchedules(t);
      await scene.connect();
      await schedule(plain, { markup: `schedule ${markup}` });
      await pass(hours(24));
      assert.deepEqual(posts(), [posted]);
    });
  }

  it('is plain where the command’s name is formatted', async (t) => {
    const { scene, schedule, pass, posts } = setSchedules(t);
    await scene.connect();
    await schedule('9:00 Hi <users/all>', { markup: '*schedule 9:00 Hi* <users/all>' });
    await pass(hours(24));
    assert.deepEqual(posts(), ['Hi ‹users/all>']);
  });

  it('is posted where it was asked for', async (t) => {
    const { scene, schedule, pass } = setSchedules(t);
    await scene.connect();
    await schedule('in 20 minutes Hi', { space: OTHER_ROOM });
    await pass(minutes(20));
    const [post] = scene.chat.messages().filter(({ by }) => by === ANA);
    assert.deepEqual([post?.space, post?.thread], [OTHER_ROOM, `${OTHER_ROOM}/threads/T1`]);
  });
});

describe('the time zone', () => {
  const say = (words: string, id: string) => says(`schedule ${words}`, { id });

  it('is asked for once where Chat doesn’t tell it', async (t) => {
    const { scene, newest } = setSchedules(t);
    await scene.connect();
    assert.equal((await scene.dispatch(say('tomorrow 9:00 Hello', '1'))).result, 'answered');
    assert.match(wordsOf(newest()), /^I don’t know your time zone/);
    await scene.dispatch(say('zone tokyo', '2'));
    assert.match(wordsOf(newest()), /remembered your time zone: Asia\/Tokyo/);
    assert.equal((await scene.dispatch(say('tomorrow 9:00 Hello', '3'))).result, 'scheduled');
    assert.match(wordsOf(newest()), /Tuesday, August 18, 2026 at 9:00 AM Japan Standard Time/);
  });

  it('isn’t needed for a time from now', async (t) => {
    const { scene } = setSchedules(t);
    await scene.connect();
    assert.equal((await scene.dispatch(say('in 20 minutes Hello', '1'))).result, 'scheduled');
  });

  it('is told to be unknown where it is', async (t) => {
    const { scene, newest } = setSchedules(t);
    await scene.dispatch(say('zone <users/all>', '1'));
    assert.match(wordsOf(newest()), /^I don’t know the time zone “‹users\/all>”/);
  });

  it('is forgotten with everything else', async (t) => {
    const { scene } = setSchedules(t);
    await scene.connect();
    await scene.dispatch(say('zone tokyo', '1'));
    await scene.dispatch(says('disconnect', { id: '2' }));
    assert.equal(await scene.store.people.timeZone(ANA), undefined);
  });
});

it('a text too long is refused before a consent is asked for, also when it is to be posted now', async (t) => {
  const { scene, newest, words } = setSchedules(t);
  assert.equal((await scene.dispatch(says('x'.repeat(32_001)))).result, 'answered');
  assert.match(wordsOf(newest()), /^This has 32,001 bytes/);
  assert.equal(words().length, 1);
});

it('an addition of the app with a schedule is greeted once', async (t) => {
  const { scene, pass, words } = setSchedules(t);
  await scene.connect();
  await scene.dispatch(added('schedule in 20 minutes Hi', { eventTime: scene.now() }));
  await pass(minutes(20));
  assert.equal(words().length, 3, 'a greeting, a card, and the post');
});
