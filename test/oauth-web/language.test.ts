import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ana, openScene, type Scene } from './scene.ts';

let scene: Scene;
before(async () => {
  scene = await openScene();
});
after(() => scene.close());

const ENGLISH = { lang: 'en', title: 'Not connected' };
const PORTUGUESE = { lang: 'pt', title: 'A conta não foi conectada' };
const SPANISH = { lang: 'es', title: 'La cuenta no se conectó' };

const BROWSERS: readonly [accepts: string | undefined, page: typeof ENGLISH][] = [
  ['pt-BR,pt;q=0.9,en-US;q=0.8,en;q=0.7', PORTUGUESE],
  ['pt-PT', PORTUGUESE],
  ['es-419,es;q=0.9', SPANISH],
  ['en;q=0.3, es;q=0.8', SPANISH],
  ['fr-FR, fr;q=0.9, pt;q=0.2', PORTUGUESE],
  ['en-GB,en;q=0.9,pt;q=0.8', ENGLISH],
  ['fr', ENGLISH],
  ['fr, *;q=0.1', ENGLISH],
  ['*', ENGLISH],
  ['pt;q=0', ENGLISH],
  ['', ENGLISH],
  ['<script>', ENGLISH],
  [`pt${'-x'.repeat(2000)}`, PORTUGUESE],
  [undefined, ENGLISH],
];

describe('the page', () => {
  for (const [accepts, { lang, title }] of BROWSERS) {
    const name = accepts === undefined ? 'says nothing' : `accepts “${accepts.slice(0, 50)}”`;
    it(`is in ${lang} for a browser that ${name}`, async () => {
      const headers = accepts === undefined ? {} : { 'Accept-Language': accepts };
      const { body } = await scene.visit('/oauth2?error=access_denied', { headers });
      assert.ok(body.includes(`<html lang="${lang}">`), body);
      assert.ok(body.includes(`<h1>${title}</h1>`), body);
      assert.doesNotMatch(body, /script/);
    });
  }

  it('is in the browser’s language also when all went well, or nothing is there', async () => {
    const headers = { 'Accept-Language': 'es' };
    const query = scene.google.consent(await scene.ask(), ana());
    const success = await scene.comeBack(query, { headers });
    assert.ok(success.body.includes('<h1>Tu cuenta está conectada</h1>'), success.body);
    const nothing = await scene.visit('/nothing', { headers });
    assert.ok(nothing.body.includes('<h1>Aquí no hay nada</h1>'), nothing.body);
  });
});
