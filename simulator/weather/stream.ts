import type { RequestHandler } from 'express';
import { type Scenery, weatherView } from './view.ts';

/** Views that come faster than people see them, are one. */
const FRAME_MS = 50;

export interface WeatherStream {
  /** Server-sent events: the view at once, and again after every change. */
  serve: RequestHandler;
  /** Something has changed that tells nobody. */
  changed(): void;
}

/** Pushes the view to all pages, also when nothing has happened for a while: then it is known what is lost. */
export function streamWeather(scenery: Scenery): WeatherStream {
  const { skies, counter, world, pubsub, subscriber } = scenery;
  const viewers = new Set<() => void>();
  let isFrameDue = false;
  let isWaitingForRest = false;

  const show = (): void => {
    isFrameDue = false;
    counter.look(world);
    for (const send of viewers) send();
  };
  const changed = (): void => {
    if (!isFrameDue) setTimeout(show, FRAME_MS).unref();
    isFrameDue = true;
  };
  const stirred = (): void => {
    counter.stirred();
    changed();
    if (!isWaitingForRest) waitForRest();
  };
  const waitForRest = (): void => {
    const leftMs = counter.restsIn();
    isWaitingForRest = leftMs > 0;
    if (isWaitingForRest) setTimeout(waitForRest, leftMs).unref();
    else changed();
  };
  world.onChange(stirred);
  pubsub.onChange(stirred);
  skies.onChange(changed);
  subscriber?.onChange(changed);

  return {
    changed,
    serve(_request, response) {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      const send = (): void => {
        response.write(`data: ${JSON.stringify(weatherView(scenery))}\n\n`);
      };
      viewers.add(send);
      response.on('close', () => viewers.delete(send));
      send();
    },
  };
}
