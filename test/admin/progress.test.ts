import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startProgress } from '../../src/admin/progress.ts';

describe('a progress bar', () => {
  const drawing = (total: number) => {
    const drawn: string[] = [];
    return { drawn, bar: startProgress({ draw: (text) => void drawn.push(text) }, 'Work', total) };
  };

  it('fills, in one line, which is gone at the end', () => {
    const { drawn, bar } = drawing(4);
    bar.tick();
    bar.tick(3);
    bar.end();
    assert.match(drawn[0] ?? '', /^\rWork ░+ 0 %$/);
    assert.match(drawn[1] ?? '', /^\rWork █+░+ 25 %$/);
    assert.match(drawn[2] ?? '', /^\rWork █+ 100 %$/);
    assert.deepEqual(drawn.slice(3), ['\r\u001b[K']);
    assert.ok(drawn.every((text) => !text.includes('\n')));
  });

  it('is drawn anew only when it looks different', () => {
    const { drawn, bar } = drawing(100_000);
    for (let done = 0; done < 100_000; done++) bar.tick();
    assert.ok(drawn.length <= 101 + 31, String(drawn.length));
  });

  it('never shows more than all of it', () => {
    const { drawn, bar } = drawing(1);
    bar.tick(5);
    assert.match(drawn.at(-1) ?? '', / 100 %$/);
  });

  it('is nothing where nobody looks', () => {
    const bar = startProgress({ draw: undefined }, 'Work', 1);
    bar.tick();
    bar.end();
  });
});
