import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSkies } from '../../../simulator/weather/skies.ts';

describe('the skies', () => {
  it('are clear at first', () => {
    const skies = createSkies();
    assert.equal(skies.strike('unavailable'), false);
    assert.equal(skies.copies, 1);
  });

  it('keep a condition until it is switched off', () => {
    const skies = createSkies();
    skies.set('slow', 'lasting');
    for (let call = 0; call < 50; call++) assert.ok(skies.strike('slow'));
    skies.set('slow', undefined);
    assert.equal(skies.strike('slow'), false);
  });

  it('count down where it is for some calls, and tell everybody', () => {
    const skies = createSkies();
    const seen: unknown[] = [];
    skies.onChange(() => seen.push(skies.duration('unavailable')));
    skies.set('unavailable', 2);
    assert.equal(skies.strike('slow'), false, 'another one');
    assert.ok(skies.strike('unavailable'));
    assert.ok(skies.strike('unavailable'));
    assert.equal(skies.strike('unavailable'), false);
    assert.deepEqual(seen, [2, 1, undefined]);
  });

  it('clear up all at once', () => {
    const skies = createSkies();
    skies.set('rate-limit', 'lasting');
    skies.setCopies(20);
    skies.clear();
    assert.equal(skies.strike('rate-limit'), false);
    assert.equal(skies.copies, 1);
  });
});
