import assert from 'node:assert/strict';
import type { chat_v1 } from '@googleapis/chat';
import express from 'express';
import type { Dialect } from '../../../simulator/events/happening.ts';
import { createPage } from '../../../simulator/page/page.ts';
import { noSnapshot } from '../../../simulator/snapshot.ts';
import type { ChatWorld } from '../../../simulator/world/chat-world.ts';
import { createWorld } from '../../../simulator/world/create-world.ts';
import type { StoredMessage } from '../../../simulator/world/state.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import { serveLocally } from '../../support/local-server.ts';

/** A world, and what the app in it is told. */
export interface Town {
  world: ChatWorld;
  /** `users/{id}` */
  ana: string;
  bruno: string;
  echo: string;
  /** The room with all of them but the other app. */
  room: string;
  /** Ana's direct message with the app. */
  direct: string;
  /** The events that were published. */
  published: unknown[];
  postAsApp(space: string, text: string, posting?: Posting): Promise<StoredMessage>;
  /** The app posts with Ana's consent. */
  postForAna(space: string, text: string): Promise<StoredMessage>;
}

export interface Posting {
  card?: chat_v1.Schema$GoogleAppsCardV1Card;
  privateTo?: string;
}

/** @param dialect that Chat tells the app in */
export function createTown(
  dialect: Dialect = 'classic',
  { clock = Date.now }: { clock?: Clock } = {},
): Town {
  const published: unknown[] = [];
  const world = createWorld({
    snapshot: noSnapshot(),
    clock,
    topic: 'projects/p/topics/postern',
    publish: ({ data }) => {
      published.push(data);
    },
    dialect: () => dialect,
    app: {
      slashCommands: [
        { id: 1, name: 'help', description: 'What it can do' },
        { id: 2, name: 'status' },
      ],
      quickCommands: [{ id: 7, name: 'Who is here' }],
    },
  });
  const [ana = '', bruno = ''] = world.people.map(({ id }) => `users/${id}`);
  const [room, direct] = world.spaces().map(({ resource }) => resource.name);
  assert.ok(room !== undefined && direct !== undefined);

  const post: (
    author: string,
    space: string,
    text: string,
    posting?: Posting,
  ) => Promise<StoredMessage> = async (author, space, text, { card, privateTo } = {}) => {
    const user = world.user(author);
    assert.ok(user);
    return world.post({
      space,
      author: user,
      text,
      content: {
        ...(card && { cardsV2: [{ cardId: 'card', card }] }),
        ...(privateTo === undefined ? {} : { privateMessageViewer: { name: privateTo } }),
      },
      thread: { kind: 'new' },
    });
  };

  return {
    world,
    ana,
    bruno,
    echo: `users/${world.otherApp.id}`,
    room,
    direct,
    published,
    postAsApp: (space, text, posting) => post('users/app', space, text, posting),
    postForAna: (space, text) => post(ana, space, text),
  };
}

/** The page of a town, on a port of its own. */
export async function startPage({ world }: Town): Promise<AsyncDisposable & { url: string }> {
  const { url, close } = await serveLocally(express().use(createPage({ world })));
  return { url, [Symbol.asyncDispose]: close };
}
