import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Metering } from './metering.ts';

export interface AdminDeps {
  /** Resolves when requests can be carried out. */
  ready: () => Promise<boolean>;
  metrics: Pick<Metering, 'contentType' | 'render'>;
}

interface Answer {
  status: number;
  type: string;
  text: string;
}

const plain = (status: number, text: string): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  text,
});

/**
 * Health and metrics, for whoever runs the process: nothing here is for the outside. Without Express, which takes longer to
 * load than these few lines are worth, at every start of a subscriber.
 */
export function createAdminApp({ ready, metrics }: AdminDeps): RequestListener {
  const answerTo = async (path: string | undefined): Promise<Answer> => {
    switch (path) {
      // Knows of no dependency: an outage elsewhere must not restart the fleet.
      case '/livez':
        return plain(200, 'ok');
      case '/readyz':
        return (await ready().catch(() => false)) ? plain(200, 'ready') : plain(503, 'not ready');
      case '/metrics':
        return { status: 200, type: metrics.contentType, text: await metrics.render() };
      default:
        return plain(404, 'not found');
    }
  };
  return (request, response) => {
    const [path] = (request.url ?? '').split('?');
    void answerTo(path)
      .catch(() => plain(500, 'failed'))
      .then(({ status, type, text }) => {
        response.writeHead(status, { 'content-type': type }).end(text);
      });
  };
}

/** On loopback. @throws when the port is taken */
export async function listenOnLoopback(app: RequestListener, port: number): Promise<Server> {
  const server = createServer(app).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
