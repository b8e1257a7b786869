import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer as createHttp1Server, type RequestListener } from 'node:http';
import {
  type ClientHttp2Session,
  connect as connectHttp2,
  createServer as createHttp2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import { certify } from '../support/certificate.ts';
import { serveLocally } from '../support/local-server.ts';
import type { Variables } from './practice.ts';

export interface AsGoogle {
  /** Has a process take what stands here for Google. */
  environment: Variables;
  stop(): Promise<void>;
}

/**
 * What stands in for services that are known by Google's own names, as no variable of an emulator is set: a proxy leads there,
 * and a CA of its own vouches for it.
 *
 * @param grpc which `host:port` answers for which name
 * @param rest answers what is asked by HTTP/1.1, of any of the names
 */
export async function asGoogle(
  { folder }: { folder: string },
  grpc: Readonly<Record<string, string>>,
  rest: RequestListener = (_request, response) => response.writeHead(404).end('{}'),
): Promise<AsGoogle> {
  const hosts = [...Object.keys(grpc), 'oauth2.googleapis.com'];
  const { ca, server: certified } = certify('Google Trust Services', hosts);
  const path = join(folder, 'as-google-ca.pem');
  writeFileSync(path, ca);

  const sessions = new Map<string, ClientHttp2Session>();
  const sessionTo = (host: string): ClientHttp2Session => {
    const session = sessions.get(host) ?? connectHttp2(`http://${host}`);
    sessions.set(host, session);
    return session;
  };
  const open = new Set<Duplex>();
  const keep = (socket: Duplex): void => {
    open.add(socket);
    socket.on('error', () => {}).on('close', () => open.delete(socket));
  };
  // Two servers behind one door: http2's own for both would answer streams by itself, too.
  const http1 = createHttp1Server(rest);
  const http2 = createHttp2Server().on('stream', (stream, headers) => {
    const host = grpc[String(headers[':authority']).replace(/:443$/, '')];
    if (host === undefined) stream.close();
    else forward(stream, headers, sessionTo(host));
  });
  const google = createTlsServer({ ...certified, ALPNProtocols: ['h2', 'http/1.1'] }, (socket) =>
    (socket.alpnProtocol === 'h2' ? http2 : http1).emit('connection', socket),
  );
  google.on('connection', keep).on('secureConnection', keep);
  google.listen(0, '127.0.0.1');
  await once(google, 'listening');
  const address = google.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;

  const proxy = await serveLocally((_request, response) => response.writeHead(403).end());
  proxy.server.on('connect', (_request, socket) => {
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [upstream, socket]) keep(end);
    socket.on('close', () => upstream.destroy());
    upstream.on('close', () => socket.destroy());
  });
  return {
    environment: { https_proxy: proxy.url, no_proxy: '127.0.0.1', NODE_EXTRA_CA_CERTS: path },
    async stop() {
      for (const session of sessions.values()) session.destroy();
      google.close();
      for (const socket of open) socket.destroy();
      await proxy.close();
    },
  };
}

/** One call, without the credentials: an emulator takes its own only. */
function forward(
  stream: ServerHttp2Stream,
  { authorization: _, ...headers }: IncomingHttpHeaders,
  session: ClientHttp2Session,
): void {
  const upstream = session.request({ ...headers, ':scheme': 'http' });
  let trailers: IncomingHttpHeaders = {};
  upstream.on('trailers', (told: IncomingHttpHeaders) => {
    trailers = told;
  });
  upstream.on('response', (told) => {
    stream.respond(told, { waitForTrailers: true });
    upstream.pipe(stream);
  });
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  stream.pipe(upstream);
  for (const [one, other] of [
    [upstream, stream],
    [stream, upstream],
  ] as const) {
    one.on('error', () => other.destroy());
  }
}
