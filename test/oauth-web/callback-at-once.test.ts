import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openCallbackScene } from './callback-scene.ts';
import { ANA, ana, type Visit, visit } from './scene.ts';

const scene = await openCallbackScene();
const { stillWorks } = scene;

describe('twenty callbacks with one ticket at the same time', () => {
  it('in one process: one connects, and only its code is sent to Google', async () => {
    const url = await scene.ask();
    const queries = Array.from({ length: 20 }, () => scene.google.consent(url, ana()));
    const pages = await Promise.all(queries.map((query) => scene.comeBack(query)));
    assert.deepEqual(tally(pages), { 200: 1, 409: 19 });
    assert.equal(scene.google.posts.length, 1);
  });

  it('in several processes: one connects', async () => {
    const url = await scene.ask();
    const ports = [scene.port, (await scene.another()).port, (await scene.another()).port];
    const visits = Array.from({ length: 20 }, (_, index) =>
      visit(ports[index % 3] ?? 0, `/oauth2?${scene.google.consent(url, ana()).toString()}`),
    );
    const pages = await Promise.all(visits);
    assert.deepEqual(tally(pages), { 200: 1, 409: 19 });
    assert.equal((await scene.local.store.grants.get(ANA))?.user, ANA);
  });

  it('of which nineteen are somebody else’s: the person who was asked can still connect', async () => {
    const url = await scene.ask();
    const theirs = Array.from({ length: 19 }, () => scene.google.consent(url, { sub: '666' }));
    const pages = await Promise.all(theirs.map((query) => scene.comeBack(query)));
    assert.ok(pages.every(({ status }) => status === 403 || status === 409));
    await stillWorks(url);
  });
});

function tally(pages: Visit[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of pages) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
