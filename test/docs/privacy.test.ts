import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { TICKET_LIFE_MS } from '../../src/lib/authorization/consent.ts';
import { days, hours, seconds } from '../../src/lib/clock.ts';
import { interaction } from '../../src/lib/interactions/interaction.ts';
import { blueprint } from '../../src/lib/project/blueprint.ts';
import { EXPIRED_CONSENT_STAYS_MS } from '../../src/lib/store/consent-rules.ts';
import {
  consentRecord,
  grantRecord,
  personRecord,
  requestRecord,
  sealed,
} from '../../src/lib/store/records.ts';
import { PARKED_LIFE_MS, REQUEST_LIFE_MS } from '../../src/subscriber/set-aside.ts';

const page = readFileSync('docs/privacy.md', 'utf8');
const text = page.replaceAll(/\s+/g, ' ');

/** The rows of the table, each with the collection that it is about. */
const rows = (() => {
  let collection = '';
  return page.split('\n').flatMap((line) => {
    const [, whom, what, readable = '', until] = line.split('|').map((cell) => cell.trim());
    if (what === undefined || until === undefined) return [];
    collection = /`(\w+)`/.exec(whom ?? '')?.[1] ?? collection;
    return [{ collection, what, isEncrypted: /^no/.test(readable), until }];
  });
})();

/** Every field that a store holds, by the words that tell of it. One that is new has to be told before it is kept. */
const TOLD: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  grants: {
    user: 'Chat user id',
    refreshToken: 'refresh token',
    scopes: 'scopes',
    email: 'e-mail address',
    grantedAt: 'since when',
    version: 'which version',
    lastUsedAt: 'day of its last use',
  },
  consents: {
    ticketHash: "the link's secrets",
    user: 'Chat user id',
    space: 'the space',
    requestId: 'the request that it is for',
    scopes: 'the scopes asked for',
    verifier: 'verifier',
    nonce: 'nonce',
    status: 'whether it was used',
    createdAt: 'since',
    expiresAt: 'until when',
    traceparent: 'the trace that the request is in',
  },
  requests: {
    state: 'its state',
    failures: 'how often it failed',
    expiresAt: 'its state',
    lease: 'until when a process works on it',
    since: 'its state',
    dueAt: 'the hour that it is for',
    dueSince: 'since when it is due',
    outcome: 'how and when it ended',
    endedAt: 'how and when it ended',
    'waited.user': 'Chat user id',
    'waited.space': 'and space',
    'waited.payload': 'what Chat told of it',
    'waited.prompt': 'the card that asked for the consent',
    'waited.scheduledFor': 'the hour that it is for',
    'waited.replayed': 'whether it is a replay',
    'waited.traceparent': 'the trace that it is in',
  },
  people: { user: 'Chat user id', timeZone: 'time zone' },
};

/** Of what Chat told, which is kept while a request waits. */
const PAYLOAD: Readonly<Record<string, string>> = {
  requestId: 'what Chat told of it',
  dialect: 'what Chat told of it',
  kind: 'what Chat told of it',
  person: 'e-mail address',
  space: 'and of the space',
  eventTime: 'when',
  locale: 'language',
  timeZone: 'time zone',
  planned: 'what was written',
  message: 'what was written',
  command: 'what was written',
  action: 'values of a button',
  parameters: 'values of a button or form',
  card: 'values of a button',
  privateCard: 'values of a button',
  thread: 'what Chat told of it',
};

/** All fields of a schema, those of what waits by their path, and whether they are sealed. */
function fieldsOf(schema: z.ZodType): Map<string, boolean> {
  const fields = new Map<string, boolean>();
  const visit = (one: unknown, prefix: string): void => {
    if (one instanceof z.ZodOptional) visit(one.unwrap(), prefix);
    if (one instanceof z.ZodDiscriminatedUnion) {
      for (const option of one.options) visit(option, prefix);
    }
    if (!(one instanceof z.ZodObject)) return;
    for (const [name, field] of Object.entries(one.shape)) {
      const path = `${prefix}${name}`;
      if (path === 'waited') visit(field, 'waited.');
      else fields.set(path, field === sealed);
    }
  };
  visit(schema, '');
  return fields;
}

describe('docs/privacy.md', () => {
  const records = {
    grants: grantRecord,
    consents: consentRecord,
    requests: requestRecord,
    people: personRecord,
  };
  for (const [collection, schema] of Object.entries(records)) {
    it(`tells of every field of ${collection}, and whether it is encrypted`, () => {
      const told = TOLD[collection] ?? {};
      const fields = fieldsOf(schema);
      assert.deepEqual([...fields.keys()].toSorted(), Object.keys(told).toSorted());
      for (const [field, isSealed] of fields) {
        const words = told[field] ?? '';
        const row = rows.find((one) => one.collection === collection && one.what.includes(words));
        assert.ok(row, `${field}: “${words}”`);
        if (field !== 'ticketHash') assert.equal(row.isEncrypted, isSealed, field);
      }
    });
  }

  it('tells of all that is kept of what Chat told', () => {
    assert.deepEqual([...fieldsOf(interaction).keys()].toSorted(), Object.keys(PAYLOAD).toSorted());
    const row = rows.find(({ what }) => what.includes('what Chat told of it'));
    for (const words of Object.values(PAYLOAD)) assert.ok(row?.what.includes(words), words);
  });

  it('tells how long, as the code has it', () => {
    const { subscription, deadLetters, notifications } = blueprint({
      project: 'any',
      notifications: true,
    });
    const inDays = (ofSeconds: number | undefined) => seconds(ofSeconds ?? 0) / days(1);
    assert.deepEqual(
      [TICKET_LIFE_MS, EXPIRED_CONSENT_STAYS_MS, PARKED_LIFE_MS],
      [hours(1), days(1), days(1)],
    );
    for (const words of [
      "a day after the link's hour is over",
      'It waits a day at most for a consent',
      `${REQUEST_LIFE_MS / days(1)} days after it was asked for`,
      `for their ${REQUEST_LIFE_MS / days(1)} days`,
      `${inDays(subscription.retentionSeconds)} days as set up`,
      `${inDays(notifications?.subscription.retentionSeconds)} day for notifications`,
      `${subscription.deadLetter?.maxDeliveryAttempts} times in vain is kept for ${inDays(deadLetters.subscription.retentionSeconds)} days`,
    ]) {
      assert.ok(text.includes(words), words);
    }
  });
});
