import { once } from 'node:events';
import type { Server } from 'node:http';
import express, { type Express } from 'express';
import type { Metrics } from '../lib/telemetry/metrics.ts';

export interface AdminDeps {
  /** Resolves when requests can be carried out. */
  ready: () => Promise<boolean>;
  metrics: Pick<Metrics, 'contentType' | 'render'>;
}

/** Health and metrics, for whoever runs the process: nothing here is for the outside. */
export function createAdminApp({ ready, metrics }: AdminDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  // Knows of no dependency: an outage elsewhere must not restart the fleet.
  app.get('/livez', (_request, response) => {
    response.type('text').send('ok');
  });
  app.get('/readyz', async (_request, response) => {
    const isReady = await ready().catch(() => false);
    response
      .status(isReady ? 200 : 503)
      .type('text')
      .send(isReady ? 'ready' : 'not ready');
  });
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.render());
  });
  return app;
}

/** On loopback. @throws when the port is taken */
export async function listenOnLoopback(app: Express, port: number): Promise<Server> {
  const server = app.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
