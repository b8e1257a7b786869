import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { z } from 'zod';
import type {
  IgnoredReason,
  Interaction,
  ParsedEvent,
  UnreadableReason,
} from '../../../src/lib/interactions/interaction.ts';
import { parseEvent } from '../../../src/lib/interactions/parse-event.ts';

/**
 * Event payloads that others published, captures from the wire among them. They are read from beside the repository, and
 * this test says what becomes of each.
 */
const repository = join(import.meta.dirname, '../../..');
const folder = join(
  process.env['POSTERN_SHARED'] ?? join(repository, '../shared'),
  'google/events',
);

type Kind = Interaction['kind'];

/** What is to be in the interaction, besides `person`, `space` and `kind`, which are spelled out for each. */
const interaction = (
  kind: Kind,
  person: string,
  space: `${Interaction['space']['kind']} ${string}`,
  more: object = {},
) => ({ outcome: 'interaction', kind, person, space, ...more }) as const;
const ignored = (reason: IgnoredReason) => ({ outcome: 'ignored', reason }) as const;
const unreadable = (reason: UnreadableReason) => ({ outcome: 'unreadable', reason }) as const;

const said = (words: string, more: object = {}) => ({ argument: words, markup: words, ...more });
const slash = (id: number) => ({ command: { id, type: 'slash' } });
const ada = 'users/106508980999999999999';
const user1 = 'users/000000000000000000001';
const tester = 'users/100000000000000000001';

const EXPECTED: Readonly<
  Record<string, ReturnType<typeof interaction | typeof ignored | typeof unreadable>>
> = {
  '03-classic-message-dm-chat-gateway': interaction('message', user1, 'dm AAAAtestSpace', {
    message: said('Another test message.'),
  }),
  '04-classic-message-space-mention-switchboard': interaction('message', ada, 'room AAQAXbGkY1s', {
    message: said('what changed in the deploy overlay?', {
      thread: 'spaces/AAQAXbGkY1s/threads/nT8Kq2eVdRo',
    }),
  }),
  '07-classic-message-slash-command-switchboard': interaction('command', ada, 'room AAQAXbGkY1s', {
    ...slash(1),
    message: said('stream'),
  }),
  '08-classic-message-slash-command-no-args-google-chat-samples': interaction(
    'command',
    'users/123',
    'room 123',
    { ...slash(2), message: said('') },
  ),
  '09-classic-message-minimal-no-names-google-chat-samples': unreadable('no-user'),
  '10-classic-message-matched-url-chattice': ignored('link-preview'),
  '12-classic-added-to-space-dm-chat-gateway': interaction('added', user1, 'dm _AAAAtestDm'),
  '13-classic-added-to-space-room-switchboard': interaction('added', ada, 'room AAQAXbGkY1s'),
  '14-classic-added-to-space-by-mention-switchboard': interaction(
    'added',
    ada,
    'room AAQAXbGkY1s',
    {
      message: said('what changed in the deploy?'),
    },
  ),
  '15-classic-added-to-space-no-name-google-chat-samples': unreadable('no-user'),
  '17-classic-removed-from-space-chattice': interaction('removed', 'users/123', 'room AAA'),
  '18-classic-card-clicked-button-chat-gateway': interaction(
    'click',
    user1,
    'room AAAAclassicRoom',
    {
      action: 'approve',
      parameters: { jobId: 'mig-001' },
      card: 'spaces/AAAAclassicRoom/messages/MIG1.MIG1',
    },
  ),
  '19-classic-card-clicked-onchange-chat-gateway': interaction(
    'click',
    user1,
    'room AAAAclassicRoom',
    {
      action: 'onVerdictChanged',
      parameters: { jobId: 'onchange-001' },
    },
  ),
  '22-classic-card-clicked-form-all-inputs-chattice': unreadable('no-user'),
  '23-classic-card-clicked-dm-chattice': interaction('click', 'users/123', 'dm DM', {
    action: 'dm.advance',
    parameters: {},
  }),
  '24-classic-card-clicked-private-message-chattice': interaction(
    'click',
    'users/123',
    'room TEAM',
    {
      action: 'personal.submit',
      privateCard: true,
    },
  ),
  '25-classic-card-clicked-request-dialog-chattice': ignored('dialog'),
  '26-classic-card-clicked-cancel-dialog-chattice': ignored('dialog'),
  '27-classic-widget-updated-chattice': ignored('widget-update'),
  '28-classic-app-command-quick-switchboard': interaction('command', ada, 'room AAQAXbGkY1s', {
    command: { id: 1, type: 'quick' },
  }),
  '29-classic-app-command-message-action-chattice': interaction(
    'command',
    'users/123',
    'room AAA',
    {
      command: { id: 7, type: 'message-action' },
    },
  ),
  '30-classic-app-home-wrapped-chattice': ignored('app-home'),
  '32-classic-unknown-type-chattice': ignored('unknown-type'),
  '33-malformed-type-conflict-chattice': unreadable('not-an-event'),
  '34-malformed-empty-chattice': unreadable('not-an-event'),
  '35-malformed-type-number-chattice': unreadable('not-an-event'),
  '36-addon-message-dm-chat-gateway': interaction('message', user1, 'dm AAAAtestSpace', {
    message: said('Another test message.'),
    locale: 'en',
    timeZone: 'America/New_York',
  }),
  '37-addon-message-dm-switchboard': interaction('message', ada, 'dm AAQAXbGkY1s', {
    message: said('who are you?'),
    timeZone: 'Etc/UTC',
  }),
  '38-addon-message-space-mention-switchboard': interaction('message', ada, 'room AAQAKk9wRt4', {
    message: said('how are you?', { thread: 'spaces/AAQAKk9wRt4/threads/Tb7pYs1nFv2' }),
  }),
  '39-addon-added-to-space-by-mention-switchboard': ignored('message-follows'),
  '40-addon-message-mention-add-switchboard': interaction('added', ada, 'room AAQAKk9wRt4', {
    message: said('', { name: 'spaces/AAQAKk9wRt4/messages/Ng5tXw3kQm8.Ng5tXw3kQm8' }),
  }),
  '41-addon-app-command-slash-switchboard': interaction('command', ada, 'dm AAQAXbGkY1s', {
    ...slash(1),
    message: said(''),
  }),
  '42-addon-app-command-slash-args-switchboard': interaction('command', ada, 'room AAQAXbGkY1s', {
    ...slash(1),
    message: said('stream'),
  }),
  '43-addon-app-command-quick-switchboard': interaction('command', ada, 'dm AAQAXbGkY1s', {
    command: { id: 1, type: 'quick' },
  }),
  '44-addon-button-clicked-chat-gateway': interaction('click', user1, 'room AAAAtestRoom', {
    parameters: { probe: 'topic-as-fn' },
  }),
  '45-addon-button-clicked-action-method-name-chat-gateway': interaction(
    'click',
    user1,
    'dm AAAAtestSpace',
    { action: 'verdict', parameters: { job_id: 'job-123', verdict: 'reject', nonce: 'n-9' } },
  ),
  '48-addon-added-to-space-switchboard': interaction('added', ada, 'room AAQAXbGkY1s'),
  '49-addon-removed-from-space-switchboard': interaction('removed', ada, 'room AAQAXbGkY1s'),
  '50-addon-message-from-bot-sender-switchboard': ignored('bot'),
  '51-addon-message-from-bot-user-switchboard': ignored('bot'),
  '52-addon-message-mention-floats-systemidtoken-vercel-chat': interaction(
    'message',
    tester,
    'room AAQAJ9CXYcg',
    { message: said('Hello'), timeZone: 'America/Los_Angeles' },
  ),
  '53-addon-message-dm-vercel-chat': interaction('message', tester, 'dm jLQ7DiAAAAE', {
    message: said('Thanks!'),
  }),
  '54-addon-button-clicked-vercel-chat': interaction('click', tester, 'room AAQAO1heGsE', {
    parameters: { actionId: 'hello' },
  }),
  '57-ce-message-created-vercel-chat': ignored('workspace-event'),
  '58-ce-message-created-partial-attributes-vercel-chat': ignored('workspace-event'),
  '59-ce-message-created-space-vercel-chat': ignored('workspace-event'),
  '60-ce-reaction-created-vercel-chat': ignored('workspace-event'),
  '71-ce-empty-data-google-chat-samples': ignored('workspace-event'),
};

/** Pub/Sub's wrapper, as it is pushed; all other files are the data alone. */
const pushed = z.object({
  message: z.object({ attributes: z.record(z.string(), z.string()), data: z.base64() }),
});

function parseFile(name: string): ParsedEvent {
  const data = readFileSync(join(folder, `${name}.json`));
  const wrapper = pushed.safeParse(JSON.parse(data.toString())).data?.message;
  if (wrapper === undefined) return parseEvent({ data, attributes: {}, id: name });
  return parseEvent({ ...wrapper, data: Buffer.from(wrapper.data, 'base64'), id: name });
}

/** The result, as flat as {@link interaction} tells it. */
function flat(result: ParsedEvent): object {
  if (result.outcome !== 'interaction') return result;
  const { person, space, ...more } = result.interaction;
  const place = `${space.kind} ${space.name.replace('spaces/', '')}`;
  return { outcome: result.outcome, ...more, person: person.name, space: place };
}

describe('the corpus of published event payloads', () => {
  before(() => {
    assert.ok(existsSync(folder), `There is no ${folder}. Set POSTERN_SHARED to where it is.`);
  });

  it('is known to this test, file by file', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
    assert.deepEqual(
      files.toSorted(),
      Object.keys(EXPECTED)
        .map((name) => `${name}.json`)
        .toSorted(),
    );
  });

  for (const [name, expected] of Object.entries(EXPECTED)) {
    it(`${name}: ${Object.values(expected).slice(0, 2).join(' ')}`, () => {
      const result = flat(parseFile(name));
      if (expected.outcome === 'interaction') assert.partialDeepStrictEqual(result, expected);
      else assert.deepEqual(result, expected);
    });
  }

  it('gives no interaction more than its kind should have', () => {
    for (const name of [
      '28-classic-app-command-quick-switchboard',
      '29-classic-app-command-message-action-chattice',
      '12-classic-added-to-space-dm-chat-gateway',
    ]) {
      assert.equal('message' in flat(parseFile(name)), false, name);
    }
    const unnamed = '44-addon-button-clicked-chat-gateway';
    assert.equal('action' in flat(parseFile(unnamed)), false);
  });

  it('lets no token or capability through', () => {
    for (const name of Object.keys(EXPECTED)) {
      const text = JSON.stringify(parseFile(name));
      assert.doesNotMatch(text, /FAKE|token|configComplete/i, name);
    }
  });
});
