import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';

export interface LocalServer {
  /** Without a slash at the end. */
  url: string;
  server: Server;
  /** Cuts what is open, and fulfils when all of it is closed. */
  close(): Promise<void>;
}

/** Serves HTTP on a free port of 127.0.0.1. */
export async function serveLocally(handler: RequestListener): Promise<LocalServer> {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return {
    url: `http://127.0.0.1:${address.port}`,
    server,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
