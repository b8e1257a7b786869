import type { RequestHandler } from 'express';
import type { World } from '../world.ts';
import { viewFor } from './view.ts';

/**
 * Server-sent events: what `?as=users/{id}` sees, at once and again after every change. Changes that come together are one event.
 */
export function streamViews(world: World): RequestHandler {
  return (request, response) => {
    const { as } = request.query;
    const me = typeof as === 'string' ? as : '';
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
