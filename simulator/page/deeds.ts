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

const creating = z.object({
  as: name,
  displayName: z.string().max(1000),
  people: z.array(name).max(1000),
  withApp: z.boolean(),
});

const involving = place.extend({ person: name });

const commanding = place.extend({ id: z.number().int() });

/** What somebody does on the page, as JSON: `POST /page/{deed}`. */
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
  router.post(
    '/create-space',
    deed(creating, async ({ as, ...plan }) => {
      const { resource } = await world.createSpace(as, plan);
      return { space: resource.name };
    }),
  );
  router.post(
    '/add-person',
    deed(involving, ({ as, space, person }) => world.addPerson(as, space, person)),
  );
  router.post(
    '/remove-person',
    deed(involving, ({ as, space, person }) => world.removePerson(as, space, person)),
  );
  router.post(
    '/run-quick-command',
    deed(commanding, ({ as, space, id }) => world.runQuickCommand(as, space, id)),
  );
  return router;
}
