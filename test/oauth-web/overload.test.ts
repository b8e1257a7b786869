import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { spaceName } from '../../src/lib/names.ts';
import { ana, openScene, type Scene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.close());

describe('when Google is slow', () => {
  it('no more than so many callbacks wait for it; the others are told to try again', async () => {
    scene = await openScene({ maxExchanges: 1 });
    const first = scene.google.consent(await scene.ask(), ana());
    const space = spaceName.parse('spaces/BBB');
    const second = scene.google.consent(await scene.ask({ space }), ana());
    scene.google.answerWith('/token', 'hang');
    const posted = scene.google.posted();
    const waiting = scene.comeBack(first);
    await posted;
    const refused = await scene.comeBack(second);
    assert.equal(refused.status, 503);
    assert.deepEqual(
      scene.logged.map(({ reason }) => reason),
      ['overloaded'],
    );
    scene.google.answerWith('/token', undefined);
    assert.equal((await waiting).status, 503);
    assert.equal((await scene.comeBack(second)).status, 200);
  });

  it('an impatient reload does not send the code again', async () => {
    scene = await openScene();
    const query = scene.google.consent(await scene.ask(), ana());
    scene.google.answerWith('/token', 'hang');
    const posted = scene.google.posted();
    const waiting = scene.comeBack(query);
    await posted;
    assert.equal((await scene.comeBack(query)).status, 409);
    scene.google.answerWith('/token', undefined);
    assert.equal((await waiting).status, 503);
    assert.equal(scene.google.posts.length, 1);
  });
});
