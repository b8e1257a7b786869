import type { RequestHandler } from 'express';
import type { InspectorDeps } from './inspector.ts';
import { inspect } from './read.ts';

/** What comes together is shown together, in milliseconds. */
const TOGETHER_MS = 50;

/**
 * Server-sent events: `rows`, and `timeline` of what `?of` names, at once and whenever they have changed.
 */
export function streamInspector({
  observatory,
  world,
}: Pick<InspectorDeps, 'observatory' | 'world'>): RequestHandler {
  return (request, response) => {
    const { of } = request.query;
    const key = typeof of === 'string' ? of : '';
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    const sent = new Map<string, string>();
    const send = (event: string, value: unknown): void => {
      const data = JSON.stringify(value);
      if (sent.get(event) === data) return;
      sent.set(event, data);
      response.write(`event: ${event}\ndata: ${data}\n\n`);
    };
    const sendAll = (): void => {
      const { rows, timeline } = inspect(observatory.journal, world, key);
      send('rows', rows);
      send('timeline', timeline);
    };
    let due: NodeJS.Timeout | undefined;
    const stop = observatory.journal.onEntry(() => {
      due ??= setTimeout(() => {
        due = undefined;
        sendAll();
      }, TOGETHER_MS);
    });
    const leave = observatory.attend();
    response.on('close', () => {
      stop();
      leave();
      clearTimeout(due);
    });
    sendAll();
  };
}
