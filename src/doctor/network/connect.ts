import { once } from 'node:events';
import { request } from 'node:http';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Over } from './proxies.ts';

/** How far one got on the way to a host. */
export type Connection =
  | {
      kind: 'connected';
      /** Whether Node accepts the certificate. */
      trusted: boolean;
      /** The organization, or else the name, that issued it; undefined without TLS. */
      issuer: string | undefined;
      /** Whether HTTP/2 was agreed upon; only asked for over gRPC. */
      http2: boolean;
      /** What the server's clock says, in milliseconds since the epoch; not asked over gRPC. */
      serverTime: number | undefined;
    }
  | {
      kind: 'failed';
      /** Where it ended. */
      at: 'proxy' | 'network' | 'tls';
      /** `ECONNREFUSED`, `ENOTFOUND`, `timeout`, `HTTP 407`… */
      reason: string;
    };

export interface Way {
  url: URL;
  over: Over;
  proxy: URL | undefined;
  /** CAs to trust instead of Node's, as PEM. */
  ca: string | undefined;
  timeoutMs: number;
}

/**
 * Goes to a host as Postern's libraries do, up to its certificate, and looks at that itself: what a library says of a certificate
 * that it doesn't accept isn't who issued it. Nothing is sent but a HEAD for the server's time.
 */
export async function tryWay(way: Way): Promise<Connection> {
  const timeout = AbortSignal.timeout(way.timeoutMs);
  let at: 'proxy' | 'network' | 'tls' = way.proxy === undefined ? 'network' : 'proxy';
  let socket: Socket | undefined;
  try {
    socket = await (way.proxy === undefined
      ? direct(way.url, timeout)
      : through(way.proxy, way.url, timeout));
    at = 'tls';
    return await meet(socket, way, timeout);
  } catch (error) {
    return { kind: 'failed', at, reason: timeout.aborted ? 'timeout' : reasonOf(error) };
  } finally {
    socket?.destroy();
  }
}

async function meet(socket: Socket, way: Way, signal: AbortSignal): Promise<Connection> {
  if (way.url.protocol === 'http:') {
    const serverTime = way.over === 'https' ? await timeAt(socket, way.url, signal) : undefined;
    return { kind: 'connected', trusted: true, issuer: undefined, http2: true, serverTime };
  }
  const secured = await secure(socket, way, signal);
  const { O: organization, CN: name } = secured.getPeerCertificate().issuer;
  return {
    kind: 'connected',
    trusted: secured.authorized,
    issuer: [organization ?? name].flat().join(', '),
    http2: secured.alpnProtocol === 'h2',
    serverTime: way.over === 'https' ? await timeAt(secured, way.url, signal) : undefined,
  };
}

async function direct(url: URL, signal: AbortSignal): Promise<Socket> {
  const socket = connectTcp(portOf(url), hostOf(url));
  await once(socket, 'connect', { signal });
  return socket;
}

/** By CONNECT, as every library does it. */
async function through(proxy: URL, url: URL, signal: AbortSignal): Promise<Socket> {
  const target = `${url.hostname}:${portOf(url)}`;
  const credentials = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  const asked = request({
    host: hostOf(proxy),
    port: portOf(proxy),
    method: 'CONNECT',
    path: target,
    agent: false,
    signal,
    headers: {
      host: target,
      ...(proxy.username === ''
        ? {}
        : { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }),
    },
  });
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  asked.on('connect', ({ statusCode }, socket) => {
    if (statusCode === 200) resolve(connected(socket));
    else reject(new Refused(`HTTP ${statusCode}`));
  });
  asked.on('response', ({ statusCode }) => reject(new Refused(`HTTP ${statusCode}`)));
  asked.on('error', reject);
  asked.end();
  return await promise;
}

/** Node types it as any stream. */
function connected(stream: unknown): Socket {
  if (stream instanceof Object && 'destroy' in stream && 'remoteAddress' in stream) {
    return stream as Socket;
  }
  throw new Refused('no socket');
}

async function secure(socket: Socket, { url, over, ca }: Way, signal: AbortSignal) {
  const host = hostOf(url);
  const secured = connectTls({
    socket,
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === undefined ? {} : { ca }),
    ALPNProtocols: [over === 'grpc' ? 'h2' : 'http/1.1'],
    // Looked at below: the answer is what this is about, and nothing secret goes over it.
    rejectUnauthorized: false,
  });
  await once(secured, 'secureConnect', { signal });
  return secured;
}

/** The `Date` of whatever it answers. */
async function timeAt(
  socket: Socket | TLSSocket,
  url: URL,
  signal: AbortSignal,
): Promise<number | undefined> {
  socket.write(`HEAD / HTTP/1.1\r\nHost: ${url.host}\r\nConnection: close\r\n\r\n`);
  const answers: unknown[] = await once(socket, 'data', { signal });
  const [, date] = /^date: *(.+?)\r?$/im.exec(String(answers[0])) ?? [];
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/** Something in between has answered no. */
class Refused extends Error {}

function reasonOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^\w{1,40}$/.test(code) ? code : 'no connection';
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1');

function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}
