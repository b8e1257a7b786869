import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ana, card, DIALECTS, message, parsed, payload } from './payloads.ts';

const clicked = (fields: Record<string, unknown>) =>
  parsed('click', {
    type: 'CARD_CLICKED',
    user: ana,
    message: message({ sender: { type: 'BOT' } }),
    ...fields,
  });

for (const dialect of DIALECTS) {
  it(`a click in the ${dialect} dialect tells its action, parameters and card`, () => {
    const parameters = { job: 'j-1', step: '2' };
    const told = { message: card, action: 'approve', parameters };
    const click = parsed('click', payload(dialect, 'click', told));
    assert.equal(click.action, 'approve');
    assert.deepEqual(click.parameters, parameters);
    assert.equal(click.card, card['name']);
    assert.equal(click.thread, 'spaces/ROOM/threads/M1');
    assert.equal('privateCard' in click, false);
  });

  it(`a click in the ${dialect} dialect tells that only one person sees the card`, () => {
    const told = { message: { ...card, privateMessageViewer: { name: ana.name } } };
    assert.equal(parsed('click', payload(dialect, 'click', told)).privateCard, true);
  });

  it(`a click in the ${dialect} dialect may tell nothing but who clicked where`, () => {
    const click = parsed('click', payload(dialect, 'click'));
    assert.equal('action' in click, false);
    assert.equal('card' in click, false);
    assert.deepEqual(click.parameters, {});
  });
}

describe('the name of the action', () => {
  for (const [title, fields] of [
    ['the action', { action: { actionMethodName: 'approve' } }],
    ['the common event object', { common: { invokedFunction: 'approve' } }],
    ['a parameter', { common: { parameters: { __action_method_name__: 'approve' } } }],
  ] as const) {
    it(`may be in ${title}`, () => {
      const { action, parameters } = clicked(fields);
      assert.equal(action, 'approve');
      assert.deepEqual(parameters, {});
    });
  }

  it('is absent when it is empty', () => {
    const click = clicked({
      action: { actionMethodName: '' },
      common: { parameters: { __action_method_name__: '' } },
    });
    assert.equal('action' in click, false);
  });
});

describe('the parameters of a click', () => {
  for (const [title, fields] of [
    ['a list', { action: { parameters: [{ key: 'job', value: 'j-1' }] } }],
    ['a map', { common: { parameters: { job: 'j-1' } } }],
    [
      'a list and a map',
      {
        action: { parameters: [{ key: 'job', value: 'j-1' }] },
        common: { parameters: { job: 'j-1' } },
      },
    ],
  ] as const) {
    it(`may come as ${title}`, () => {
      assert.deepEqual(clicked(fields).parameters, { job: 'j-1' });
    });
  }

  it('are strings, also when they were numbers or booleans', () => {
    const parameters = { a: 1, b: 1.5, c: true, d: 'd' };
    const expected = { a: '1', b: '1.5', c: 'true', d: 'd' };
    assert.deepEqual(clicked({ common: { parameters } }).parameters, expected);
  });

  it('leave out what is no parameter', () => {
    const tooLong = 'x'.repeat(32_001);
    const parameters = { a: null, b: {}, c: ['x'], d: 'd', e: tooLong };
    const list = [null, 'a', { key: 'b' }, { value: 'c' }, { key: 7, value: 'x' }, []];
    const click = clicked({ common: { parameters }, action: { parameters: list } });
    assert.deepEqual(click.parameters, { d: 'd' });
    for (const odd of [null, 'text', 7, [['a', 'b']]]) {
      assert.deepEqual(clicked({ common: { parameters: odd } }).parameters, {});
    }
  });

  it('may have names that objects have, and pollute nothing', () => {
    const hostile: unknown = JSON.parse('{"__proto__":"p","constructor":"c","toString":"t"}');
    const { parameters } = clicked({
      common: { parameters: hostile },
      action: { parameters: [{ key: '__proto__', value: 'p' }] },
    });
    assert.deepEqual(Object.entries(parameters), [
      ['constructor', 'c'],
      ['toString', 't'],
    ]);
    assert.equal(Object.getPrototypeOf(parameters), Object.prototype);
  });

  it('are a thousand at most', () => {
    const list = Array.from({ length: 5_000 }, (_, index) => ({ key: `k${index}`, value: index }));
    const { parameters } = clicked({ action: { parameters: list } });
    assert.equal(Object.keys(parameters).length, 1_000);
  });
});
