import { join } from 'node:path';
import express, { Router } from 'express';
import { loopbackOnly } from '../guards.ts';
import type { World } from '../world.ts';
import { deeds } from './deeds.ts';
import { streamViews } from './stream.ts';

const ASSETS = join(import.meta.dirname, 'assets');

/** Nothing from elsewhere, no inline script or style: the page shows what apps send. */
export const PAGE_HEADERS = {
  'Cache-Control': 'no-cache',
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** The Chat page: `/`, and what it needs below `/page`. Answers on loopback only. */
export function createPage({ world }: { world: World }): Router {
  const router = Router();
  router.use(loopbackOnly);
  router.use(['/page', /^\/$/], (_request, response, next) => {
    response.set(PAGE_HEADERS);
    next();
  });
  router.get('/', (_request, response) => response.sendFile(join(ASSETS, 'index.html')));
  router.use('/page/assets', express.static(ASSETS, { extensions: [], index: false }));
  router.get('/page/stream', streamViews(world));
  router.use('/page', deeds(world));
  return router;
}
