import express, { Router } from 'express';
import { z } from 'zod';
import { deed } from '../deed.ts';
import { sameOriginOnly } from '../guards.ts';
import { ImpossibleAction } from '../world/entrance.ts';
import { CONDITIONS, COPIES } from './skies.ts';
import type { Scenery } from './view.ts';

const MAX_CALLS = 1000;

const condition = z.object({
  condition: z.enum(CONDITIONS),
  /** `null` turns it off. */
  duration: z.union([z.literal('lasting'), z.int().min(1).max(MAX_CALLS), z.null()]),
});
const copies = z.object({ copies: z.literal(COPIES) });
const place = z.object({ space: z.string().max(400), hasApp: z.boolean() });
const person = z.object({ person: z.string().max(400) });
/** `crash` is to be killed and started again. */
const order = z.object({ order: z.enum(['kill', 'stop', 'start', 'crash']) });

/**
 * What somebody does on the page, as JSON: `POST /weather/condition`, `copies`, `app`, `revoke`, `end-streams`, `subscriber`, and
 * `clear`.
 */
export function deeds(scenery: Scenery): Router {
  const { skies, world, accounts, pubsub, subscriptions } = scenery;
  /** Where the app was taken away: it comes back with clear skies. */
  const bereft = new Set<string>();

  const setApp = async (space: string, hasApp: boolean): Promise<void> => {
    const somebody = somebodyIn(scenery, space);
    if (hasApp) {
      bereft.delete(space);
      await world.addApp(somebody, space);
    } else {
      bereft.add(space);
      await world.removeApp(somebody, space);
    }
  };

  const router = Router();
  router.use(sameOriginOnly, express.json({ limit: '16kb' }));
  router.post(
    '/condition',
    deed(condition, ({ condition: which, duration }) => skies.set(which, duration ?? undefined)),
  );
  router.post(
    '/copies',
    deed(copies, ({ copies: wanted }) => skies.setCopies(wanted)),
  );
  router.post(
    '/app',
    deed(place, ({ space, hasApp }) => setApp(space, hasApp)),
  );
  router.post(
    '/revoke',
    deed(person, ({ person: name }) => accounts.revokeAccess(name)),
  );
  router.post(
    '/end-streams',
    deed(z.object({}), () => {
      for (const subscription of subscriptions) pubsub.endStreams(subscription);
    }),
  );
  router.post(
    '/subscriber',
    deed(order, ({ order: wanted }) => orderSubscriber(scenery, wanted)),
  );
  router.post(
    '/clear',
    deed(z.object({}), async () => {
      skies.clear();
      for (const space of bereft) await setApp(space, true);
      scenery.subscriber?.order('start');
    }),
  );
  return router;
}

function orderSubscriber({ subscriber }: Scenery, wanted: z.infer<typeof order>['order']): void {
  if (subscriber === undefined) {
    throw new ImpossibleAction('The simulator was started alone: it can’t reach the subscriber.');
  }
  if (wanted === 'crash') subscriber.order('kill');
  subscriber.order(wanted === 'crash' ? 'start' : wanted);
}

/** @throws ImpossibleAction when nobody is there who could do it */
function somebodyIn({ world }: Scenery, space: string): string {
  const members = world.space(space)?.members ?? [];
  const found = world.people.find(({ id }) => members.includes(`users/${id}`));
  if (found === undefined) throw new ImpossibleAction(`Nobody is in ${space}`);
  return `users/${found.id}`;
}
