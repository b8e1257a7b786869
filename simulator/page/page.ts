import { join } from 'node:path';
import express, { Router } from 'express';
import { loopbackOnly, pageHeaders } from '../guards.ts';
import type { World } from '../world.ts';
import { deeds } from './deeds.ts';
import { streamViews } from './stream.ts';

const ASSETS = join(import.meta.dirname, 'assets');

/** The Chat page: `/`, and what it needs below `/page`. Answers on loopback only. */
export function createPage({ world }: { world: World }): Router {
  const router = Router();
  router.use(loopbackOnly);
  router.use(['/page', /^\/$/], pageHeaders);
  router.get('/', (_request, response) => response.sendFile(join(ASSETS, 'index.html')));
  router.use('/page/assets', express.static(ASSETS, { extensions: [], index: false }));
  router.get('/page/stream', streamViews(world));
  router.use('/page', deeds(world));
  return router;
}
