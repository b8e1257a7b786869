import { join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import type { Clock } from '../../src/lib/clock.ts';
import type { FaultSource } from '../chat/faults.ts';
import { loopbackOnly, pageHeaders } from '../guards.ts';
import { deeds } from './deeds.ts';
import { overChat, overTokens } from './over-google.ts';
import { createSkies } from './skies.ts';
import { streamWeather } from './stream.ts';
import { createCounter } from './tally.ts';
import type { Scenery } from './view.ts';

const ASSETS = join(import.meta.dirname, 'assets');

/** What Google is made with, so that there can be weather. */
export interface Weather {
  /** The faults of Chat's API, with those of the weather before them. */
  overChat(faults: FaultSource): FaultSource;
  /** To stand at `/token`, before the accounts. */
  overTokens: RequestHandler;
  /** Publishes an event as often as Chat does now. */
  publish(data: Buffer, once: (data: Buffer) => void | Promise<void>): Promise<void>;
  /** To stand before all else: looks again after every request. */
  watch: RequestHandler;
  /** The page: `/weather` and what it needs below it. Answers on loopback only. */
  page(scenery: Omit<Scenery, 'skies' | 'counter'>): Router;
}

export function createWeather(clock: Clock): Weather {
  const skies = createSkies();
  const counter = createCounter(clock);
  let changed = (): void => {};

  return {
    watch(_request, response, next) {
      response.on('finish', () => changed());
      next();
    },
    overChat: (faults) => overChat(skies, faults),
    overTokens: overTokens(skies),

    async publish(data, once) {
      counter.note(data);
      for (let copy = 0; copy < skies.copies; copy++) await once(data);
    },

    page(others) {
      const scenery = { ...others, skies, counter };
      const stream = streamWeather(scenery);
      changed = stream.changed;
      const router = Router();
      router.use('/weather', loopbackOnly, pageHeaders);
      router.get('/weather', (_request, response) => response.sendFile(join(ASSETS, 'index.html')));
      router.use('/weather/assets', express.static(ASSETS, { extensions: [], index: false }));
      router.get('/weather/stream', stream.serve);
      router.use('/weather', deeds(scenery));
      return router;
    },
  };
}
