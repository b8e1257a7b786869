import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { consentAs } from '../../simulator/accounts/consent-as.ts';
import { ANA } from '../../simulator/world/people.ts';
import { fromJson, type StoredMessage, type StoredSpace } from '../../simulator/world/state.ts';
import { seconds } from '../../src/lib/clock.ts';
import { firstEvent } from '../support/first-event.ts';
import type { Laptop } from './laptop.ts';
import { consentLink } from './messages.ts';

const weather = z.object({
  subscriber: z.object({ state: z.string(), pid: z.number().optional(), restarts: z.number() }),
  tally: z.object({
    published: z.number(),
    delivered: z.number(),
    answered: z.number(),
    doubled: z.number(),
    lost: z.number(),
    underWay: z.number(),
  }),
});
type Weather = z.infer<typeof weather>;

/** Ana at a laptop's Chat, from outside of its processes: she writes by the page, and reads what Google keeps. */
export interface LaptopChat {
  ana: string;
  /** “Launch party” */
  room: string;
  /** In the room, oldest first, private ones included. */
  messages(): StoredMessage[];
  say(text: string): Promise<void>;
  /** Posts a deed of a page, as its script does. */
  post(path: string, input?: object): Promise<Response>;
  /** Resolves to what `find` finds, as soon as it does. Rejects after half a minute, with what was printed. */
  until<T>(what: string, find: () => T | undefined): Promise<T>;
  /** What the weather page shows now. */
  weather(): Promise<Weather>;
  /** The link of the newest question. */
  link(): Promise<string>;
  /** Resolves when the question is settled. */
  consent(link: string): Promise<void>;
}

export function openLaptopChat(laptop: Laptop): LaptopChat {
  const ana = `users/${ANA.id}`;
  const roomNow = (): StoredSpace =>
    fromJson(JSON.parse(readFileSync(join(laptop.folder, 'chat.json'), 'utf8'))).spaces[0] ??
    assert.fail('no space');
  const room = roomNow().resource.name;
  const messages = (): StoredMessage[] => roomNow().messages;

  const post: LaptopChat['post'] = (path, input = {}) =>
    fetch(`${laptop.url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: laptop.url },
      body: JSON.stringify(input),
    });
  const until: LaptopChat['until'] = async (what, find) => {
    const deadline = Date.now() + seconds(30);
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      assert.ok(Date.now() < deadline, `${what}: not seen\n${laptop.output.join('\n')}`);
      await wait(25);
    }
  };

  return {
    ana,
    room,
    messages,
    post,
    until,
    async say(text) {
      const { status } = await post('/page/say', { as: ana, space: room, text });
      assert.equal(status, 200);
    },
    weather: async () => weather.parse(await firstEvent(`${laptop.url}/weather/stream`)),
    link: () => until('a question', () => messages().map(consentLink).findLast(Boolean)),
    async consent(link) {
      const callback = await consentAs({ url: link, userId: ANA.id, allow: true });
      assert.equal((await fetch(callback)).status, 200);
      const isOpen = () => messages().some((message) => consentLink(message) === link);
      await until('a settled question', () => !isOpen() || undefined);
    },
  };
}
