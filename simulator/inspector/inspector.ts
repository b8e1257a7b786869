import { join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { loopbackOnly, pageHeaders, sameOriginOnly } from '../guards.ts';
import type { Observatory } from '../journal/observe.ts';
import { Refusal } from '../pubsub/refusal.ts';
import type { PubSubServer } from '../pubsub/server.ts';
import type { World } from '../world.ts';
import { fixtureName, fixtureOf } from './fixture.ts';
import { streamInspector } from './stream.ts';

const ASSETS = join(import.meta.dirname, 'assets');

export interface InspectorDeps {
  observatory: Observatory;
  world: World;
  pubsub: Pick<PubSubServer, 'publish' | 'deliverAgain'>;
  notifications: { topic: string; subscription: string };
}

/** The inspector: `/inspector`, and what it needs below it. Answers on loopback only. */
export function createInspector(deps: InspectorDeps): Router {
  const router = Router();
  router.use('/inspector', loopbackOnly, pageHeaders);
  router.get('/inspector', (_request, response) => response.sendFile(join(ASSETS, 'index.html')));
  router.use('/inspector/assets', express.static(ASSETS, { extensions: [], index: false }));
  router.get('/inspector/stream', streamInspector(deps));
  router.get('/inspector/fixtures/:message', sendFixture(deps));
  router.post('/inspector/publish-again', sameOriginOnly, express.json(), publishAgain(deps));
  return router;
}

/** The event's JSON, to be saved under a name that tells what it is. */
function sendFixture({ observatory }: InspectorDeps): RequestHandler<{ message: string }> {
  return (request, response) => {
    const kept = observatory.message(request.params.message);
    if (kept === undefined) {
      response.status(404).type('text').send('The simulator does not remember this message.\n');
      return;
    }
    response.attachment(fixtureName(kept.subject)).send(fixtureOf(kept));
  };
}

const asked = z.object({ message: z.string() });

/**
 * The very same data once more. Of a notification, the same message: a producer that publishes it anew means another one
 * (ARCHITECTURE.md, "Notifications").
 */
function publishAgain({ observatory, pubsub, notifications }: InspectorDeps): RequestHandler {
  return (request, response) => {
    const kept = observatory.message(asked.safeParse(request.body).data?.message ?? '');
    if (kept === undefined) {
      response.status(404).json({ error: 'The simulator does not remember this message.' });
      return;
    }
    const { topic, published } = kept;
    try {
      if (topic === notifications.topic) {
        pubsub.deliverAgain(notifications.subscription, published.id);
      } else {
        pubsub.publish(topic, published.data, published.attributes);
      }
      response.json({});
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      response.status(409).json({ error: 'Pub/Sub does not have this message any more.' });
    }
  };
}
