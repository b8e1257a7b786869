import { once } from 'node:events';
import { createServer, type RequestListener, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { seconds } from '../clock.ts';
import { securityHeaders } from './headers.ts';

export interface ServerOptions {
  /** 0 for any free one. */
  port: number;
  /** The address to listen on; all of them unless said otherwise. */
  host?: string;
}

export interface RunningServer {
  port: number;
  /** Takes no more requests, lets those in progress finish within `graceMs`, then cuts what is left. */
  close(graceMs?: number): Promise<void>;
}

/**
 * Serves HTTP/1.1. A browser needs a moment for its request line and headers (16 KiB at most, Node's default); whoever takes
 * longer is cut off, so that slow connections can't pile up.
 *
 * @throws the system's error when the port can't be had
 */
export async function startServer(
  app: RequestListener,
  options: ServerOptions,
): Promise<RunningServer> {
  const server = createServer(
    {
      headersTimeout: seconds(10),
      requestTimeout: seconds(15),
      keepAliveTimeout: seconds(5),
      connectionsCheckingInterval: seconds(5),
      // Answered by the app, with its headers.
      requireHostHeader: false,
    },
    app,
  );
  server.on('checkExpectation', app);
  server.on('clientError', refuse);
  server.listen(options);
  await once(server, 'listening');
  return {
    port: portOf(server),
    async close(graceMs = seconds(15)) {
      const closed = once(server, 'close');
      server.close();
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(cut);
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Not listening on a port.');
  return address.port;
}

const STATUS_FOR: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** What isn't HTTP, or is too much of it, never reaches the app. Its answer carries the same headers. */
function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status = STATUS_FOR[error.code ?? ''] ?? 400;
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Length: 0',
    ...Object.entries(securityHeaders()).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n`);
}
