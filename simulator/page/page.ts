import { join } from 'node:path';
import express, { Router } from 'express';
import { loopbackOnly, pageHeaders } from '../guards.ts';
import type { World } from '../world.ts';
import { deeds } from './deeds.ts';
import { sendView, streamViews } from './stream.ts';

const ASSETS = join(import.meta.dirname, 'assets');
const SIDE_BY_SIDE = join(import.meta.dirname, '..', 'side-by-side', 'assets');

/**
 * The Chat page: `/`, and what it needs below `/page`; and `/side-by-side`, which shows it twice. Answers on loopback only.
 */
export function createPage({ world }: { world: World }): Router {
  const router = Router();
  router.use(loopbackOnly);
  router.use(['/page', '/side-by-side', /^\/$/], pageHeaders);
  router.get('/', (_request, response) => response.sendFile(join(ASSETS, 'index.html')));
  router.get('/side-by-side', (_request, response) => {
    response.sendFile(join(SIDE_BY_SIDE, 'index.html'));
  });
  router.use('/page/assets', express.static(ASSETS, { extensions: [], index: false }));
  router.use(
    '/side-by-side/assets',
    express.static(SIDE_BY_SIDE, { extensions: [], index: false }),
  );
  router.get('/page/view', sendView(world));
  router.get('/page/stream', streamViews(world));
  router.use('/page', deeds(world));
  return router;
}
