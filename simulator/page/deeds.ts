import express, { Router } from 'express';
import { z } from 'zod';
import { deed } from '../deed.ts';
import { sameOriginOnly } from '../guards.ts';
import type { World } from '../world.ts';

const name = z.string().min(1).max(400);

const saying = z.object({
  as: name,
  space: name,
  text: z.string().max(32_000),
  thread: name.optional(),
});

/** Which button, as `World.press` takes it. What it does is not the browser’s to say. */
const pressing = z.object({
  as: name,
  message: name,
  label: z.string().max(32_000),
  nth: z.number().int().min(0),
});

const place = z.object({ as: name, space: name });

/** What somebody does on the page, as JSON: `POST /page/say`, `press`, `add-app`, `remove-app` and `open-direct-message`. */
export function deeds(world: World): Router {
  const router = Router();
  router.use(sameOriginOnly, express.json({ limit: '256kb' }));
  router.post(
    '/say',
    deed(saying, async ({ as, space, text, thread }) => {
      const { resource } = await world.write(as, space, text, thread);
      return { message: resource.name };
    }),
  );
  router.post(
    '/press',
    deed(pressing, ({ as, message, label, nth }) => world.press(as, message, label, nth)),
  );
  router.post(
    '/add-app',
    deed(place, ({ as, space }) => world.addApp(as, space)),
  );
  router.post(
    '/remove-app',
    deed(place, ({ as, space }) => world.removeApp(as, space)),
  );
  router.post(
    '/open-direct-message',
    deed(z.object({ as: name }), async ({ as }) => {
      const { resource } = await world.openDirectMessage(as);
      return { space: resource.name };
    }),
  );
  return router;
}
