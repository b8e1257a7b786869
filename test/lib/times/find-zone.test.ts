import assert from 'node:assert/strict';
import { it } from 'node:test';
import { findZone } from '../../../src/lib/times/find-zone.ts';

const FOUND: readonly [text: string, zone: string][] = [
  ['Europe/Lisbon', 'Europe/Lisbon'],
  ['europe/lisbon', 'Europe/Lisbon'],
  ['Lisbon', 'Europe/Lisbon'],
  ['  new york ', 'America/New_York'],
  ['São Paulo', 'America/Sao_Paulo'],
  ['UTC', 'UTC'],
];
for (const [text, zone] of FOUND) {
  it(`${JSON.stringify(text)} is ${zone}`, () => assert.equal(findZone(text), zone));
}

it('a newer name of a zone is one that Intl can use', () => {
  const zone = findZone('asia/kolkata');
  assert.match(zone ?? '', /^Asia\/(?:Kolkata|Calcutta)$/);
});

for (const text of ['', 'nowhere', '+02:00', 'Europe', 'America', '../Lisbon', '<users/all>']) {
  it(`${JSON.stringify(text)} is none`, () => assert.equal(findZone(text), undefined));
}
