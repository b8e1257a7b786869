import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADA, BOB, NOW, type OpenFixture, ROOM } from './fixture.ts';

export function peopleContract(open: OpenFixture): void {
  test('a person’s time zone is unknown until they have told it', async (t) => {
    const { store } = await open(t);
    await store.people.keepTimeZone(BOB, 'America/Sao_Paulo');
    assert.equal(await store.people.timeZone(ADA), undefined);
    await store.people.keepTimeZone(ADA, 'Europe/Lisbon');
    assert.equal(await store.people.timeZone(ADA), 'Europe/Lisbon');
    assert.equal(await store.people.timeZone(BOB), 'America/Sao_Paulo');
  });

  test('the time zone that a person told last counts, for every process', async (t) => {
    const { store, another } = await open(t);
    const other = await another();
    await store.people.keepTimeZone(ADA, 'Europe/Lisbon');
    await other.people.keepTimeZone(ADA, 'Asia/Tokyo');
    assert.equal(await store.people.timeZone(ADA), 'Asia/Tokyo');
  });

  test('a forgotten person’s time zone is forgotten, and nobody else’s', async (t) => {
    const { store } = await open(t);
    await store.people.keepTimeZone(ADA, 'Europe/Lisbon');
    await store.people.keepTimeZone(BOB, 'Asia/Tokyo');
    await store.forgetSpace(ROOM, NOW);
    assert.equal(await store.people.timeZone(ADA), 'Europe/Lisbon');
    await store.forgetPerson(ADA, NOW);
    assert.equal(await store.people.timeZone(ADA), undefined);
    assert.equal(await store.people.timeZone(BOB), 'Asia/Tokyo');
  });
}
