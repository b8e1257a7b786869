import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { consentAs } from '../../simulator/accounts/consent-as.ts';
import type { SimulatedPerson } from '../../simulator/world.ts';
import { CHAT_MESSAGES_CREATE, CHAT_SPACES_CREATE } from '../../src/lib/authorization/scopes.ts';
import { cardText, hasLink, isPost, isPrivate } from './messages.ts';
import { type Stage, setStage } from './stage.ts';

for (const dialect of ['classic', 'add-on'] as const) {
  describe(`languages, end to end, in the ${dialect} dialect`, () => {
    let stage: Stage;
    before(async () => {
      stage = await setStage({ dialect });
      await stage.startSubscriber();
    });
    after(() => stage.end());

    /** All that only this person has been told. */
    const told = (person: SimulatedPerson, space?: string): string[] =>
      stage
        .seen(person, space)
        .filter((message) => space !== undefined || isPrivate(message))
        .map((message) => `${message.resource.text ?? ''}${cardText(message)}`);
    const reads = (person: SimulatedPerson, words: RegExp, space?: string) =>
      stage.until(`${person.displayName} to read ${words}`, () =>
        told(person, space).find((text) => words.test(text)),
      );
    /** Consents, in a browser that prefers these languages. @returns the page */
    const consentIn = async (languages: string, person: SimulatedPerson): Promise<string> => {
      const url = await stage.link(person);
      const callback = await consentAs({ url, userId: person.id, allow: true });
      const page = await fetch(callback, { headers: { 'Accept-Language': languages } });
      return await page.text();
    };

    it('answers two people in one room, each in their own language', async () => {
      await stage.write(stage.ana, '@Postern help');
      await stage.write(stage.bruno, '@Postern help');
      await reads(stage.ana, /What I can do/);
      await reads(stage.bruno, /O que posso fazer/);
      assert.ok(!told(stage.ana).some((text) => text.includes('posso')));
      assert.ok(!told(stage.bruno).some((text) => text.includes('What I can do')));
    });

    it('writes lists and objections as the reader does', async () => {
      await stage.write(stage.ana, '@Postern members');
      await stage.write(stage.bruno, '@Postern members');
      await reads(stage.ana, /^There are 2 people in this space:\n• Ana\n• Bruno/);
      await reads(stage.bruno, /^Há 2 pessoas neste espaço:\n• Ana\n• Bruno/);
      await stage.write(stage.bruno, '@Postern space');
      await reads(stage.bruno, /Por exemplo: “space Festa de lançamento @Ana @Bruno”/);
    });

    it('asks each for consent in their language, and the page is in the browser’s', async () => {
      await stage.write(stage.bruno, '@Postern Bom dia');
      await reads(stage.bruno, /Conecte sua conta.*Escrever mensagens no Google Chat em seu nome/);
      const page = await consentIn('es-419,es;q=0.9,en;q=0.8', stage.bruno);
      assert.ok(page.includes('<html lang="es">'), page);
      assert.ok(page.includes('<h1>Tu cuenta está conectada</h1>'), page);

      await stage.until('his post', () =>
        stage.seen(stage.ana).find((shown) => isPost(shown) && shown.resource.text === 'Bom dia'),
      );
      await reads(stage.bruno, /Sua conta está conectada/);
      assert.deepEqual(stage.seen(stage.bruno).filter(hasLink), []);
    });

    it('tells what a consent leaves off, and asks for it when it is needed', async () => {
      await stage.write(stage.ana, '@Postern connect', { space: stage.dm });
      await stage.link(stage.ana, stage.dm);
      await stage.write(stage.ana, '@Postern space Solo');
      await stage.consent(await stage.link(stage.ana), stage.ana, [CHAT_SPACES_CREATE]);

      await reads(stage.ana, /^The space “Solo” is ready/);
      const card = await reads(stage.ana, /Your account is connected, but this needs/, stage.dm);
      assert.match(card, /What is missing/);
      assert.match(card, /Write messages in Google Chat as you/);
      await stage.write(stage.ana, '@Postern status');
      const status = await reads(stage.ana, /Your connection/);
      assert.match(
        status,
        /allow me:.*Create spaces.*can’t do for you yet.*post and schedule — Write messages/,
      );

      const url = await stage.link(stage.ana, stage.dm);
      await stage.consent(url, stage.ana, [CHAT_MESSAGES_CREATE]);
      await reads(stage.ana, /Your account is connected/, stage.dm);
      await stage.write(stage.ana, '@Postern status', { space: stage.dm });
      const after = await reads(stage.ana, /Your connection/, stage.dm);
      assert.match(after, /allow me:.*Write messages.*can’t do for you yet/);
      assert.doesNotMatch(after, /post and schedule — Write messages/);
    });
  });
}
