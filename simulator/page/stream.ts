import type { RequestHandler } from 'express';
import type { World } from '../world.ts';
import { viewFor } from './view.ts';

/** What `?as=users/{id}` sees, once. */
export function sendView(world: World): RequestHandler {
  return ({ query }, response) => {
    response.set('Cache-Control', 'no-store').json(viewFor(world, lookerIn(query)));
  };
}

/** Server-sent events: the same, at once and again after every change. Changes that come together are one event. */
export function streamViews(world: World): RequestHandler {
  return ({ query }, response) => {
    const me = lookerIn(query);
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    let due = false;
    const send = (): void => {
      due = false;
      response.write(`data: ${JSON.stringify(viewFor(world, me))}\n\n`);
    };
    const stop = world.onChange(() => {
      if (!due) setImmediate(send);
      due = true;
    });
    response.on('close', stop);
    send();
  };
}

function lookerIn({ as }: Readonly<Record<string, unknown>>): string {
  return typeof as === 'string' ? as : '';
}
