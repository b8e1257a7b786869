import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANA, BRUNO } from '../../simulator/world/people.ts';
import type { StoredMessage } from '../../simulator/world/state.ts';
import { en } from '../../src/lib/words/en.ts';
import type { Evidence } from './evidence.ts';
import { violationsIn } from './invariants.ts';
import { scheduleOf } from './schedule.ts';

const ROOM = 'spaces/AAA';
const CARLA = { ...BRUNO, id: '109558201746392810573' };
const CONSENTED = Date.parse('2026-01-01T10:00:00Z');

type Message = Evidence['messages'][number];

function message(fields: Partial<StoredMessage['resource']>, via?: string): Message {
  const user = {
    name: `users/${ANA.id}`,
    displayName: 'Ana',
    avatarUrl: '',
    type: 'HUMAN',
  } as const;
  return {
    space: ROOM,
    ...(via === undefined ? {} : { via }),
    resource: {
      name: `${ROOM}/messages/1`,
      createTime: '2026-01-01T10:01:00Z',
      thread: { name: `${ROOM}/threads/1` },
      sender: user,
      ...fields,
    },
  };
}

const POST = message({ text: 'hello' }, 'users/app');
const privately = (text: string): Message =>
  message({ text, privateMessageViewer: { name: `users/${ANA.id}` } });
const APOLOGY = privately(en.apology);

/** Ana, who is connected, has asked for “hello”. */
function evidence(change: Partial<Evidence>, ends: 'post' | 'question' = 'post'): Evidence {
  return {
    history: {
      asked: [{ by: 'ana', space: ROOM, text: 'hello', ends }],
      written: [{ by: 'ana', space: ROOM }],
      consents: [{ by: 'ana', at: CONSENTED }],
      disconnections: [],
    },
    people: { ana: ANA, bruno: BRUNO, carla: CARLA },
    messages: [POST],
    left: undefined,
    ...change,
  };
}

const broken = (given: Evidence): string[] => violationsIn(given).map(({ promise }) => promise);

describe('the promises', () => {
  it('are kept by one post, or by one explanation', () => {
    assert.deepEqual(broken(evidence({})), []);
    assert.deepEqual(broken(evidence({ messages: [APOLOGY] })), []);
  });

  for (const { how, messages } of [
    { how: 'nothing', messages: [] },
    { how: 'two posts', messages: [POST, POST] },
    { how: 'a post and an apology', messages: [POST, APOLOGY] },
    { how: 'two apologies', messages: [APOLOGY, APOLOGY] },
    { how: 'more notes than requests', messages: [POST, privately('a'), privately('b')] },
  ]) {
    it(`are broken by ${how}`, () => {
      assert.ok(broken(evidence({ messages })).includes('I1'));
    });
  }

  it('are kept by one question to who doesn’t consent, and broken by none', () => {
    assert.deepEqual(broken(evidence({ messages: [privately('Connect')] }, 'question')), []);
    assert.deepEqual(broken(evidence({ messages: [] }, 'question')), ['I1']);
  });

  it('are broken by a post that nobody has asked for, or as somebody else', () => {
    const other = message({ text: 'something else' }, 'users/app');
    assert.deepEqual(broken(evidence({ messages: [POST, other] })), ['I2']);
    const sender = { ...POST.resource.sender, name: `users/${BRUNO.id}` };
    const asBruno = message({ text: 'hello', sender }, 'users/app');
    assert.deepEqual(broken(evidence({ messages: [POST, asBruno] })), ['I2']);
  });

  it('are broken by a post before the consent, and after its end', () => {
    const { history } = evidence({});
    const late = [{ by: 'ana' as const, at: CONSENTED + 120_000 }];
    assert.deepEqual(broken(evidence({ history: { ...history, consents: late } })), ['I2']);
    const over = [{ by: 'ana' as const, at: CONSENTED + 30_000 }];
    assert.deepEqual(broken(evidence({ history: { ...history, disconnections: over } })), ['I2']);
  });

  it('are broken by what is left on the subscription', () => {
    assert.deepEqual(broken(evidence({ left: '1 delayed' })), ['I4']);
  });
});

describe('a seed', () => {
  it('gives the same schedule each time, and another seed another one', () => {
    assert.deepEqual(scheduleOf(17), scheduleOf(17));
    assert.notDeepEqual(scheduleOf(17), scheduleOf(18));
  });
});
