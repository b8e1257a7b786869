import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Something between a client and a server that can stop passing on what either says, without either being told. */
export interface SwallowingProxy {
  /** `host:port`, to go to instead of the server. */
  host: string;
  /**
   * From now on nothing passes either way over the connections that there are; they stay open, as when a firewall has
   * forgotten them. Those that come later are passed on, unless they shall be swallowed `too`: then nothing gets through
   * until `passOn`.
   */
  swallow(later?: 'too'): void;
  /** Later connections are passed on again. What was swallowed is lost, and its connections stay deaf. */
  passOn(): void;
  /** Cuts all connections, as a server does that crashes. */
  cut(): void;
  /** How many connections have been made so far. */
  connections(): number;
  stop(): Promise<void>;
}

/** @param target `host:port` of the server */
export async function startSwallowingProxy(target: string): Promise<SwallowingProxy> {
  const [targetHost = '', targetPort] = target.split(':');
  /** Both ends of every connection, and whether what comes from them is passed on. */
  const ends = new Map<Socket, { deaf: boolean }>();
  let swallowsLater = false;
  let connections = 0;

  const passFrom = (from: Socket, to: Socket): void => {
    const state = { deaf: swallowsLater };
    ends.set(from, state);
    from.on('data', (data) => {
      if (!state.deaf && !to.destroyed) to.write(data);
    });
    from.on('error', () => {});
    from.on('close', () => {
      ends.delete(from);
      if (!state.deaf) to.destroy();
    });
  };
  const server = createServer((client) => {
    connections += 1;
    const upstream = connect(Number(targetPort), targetHost);
    for (const socket of [client, upstream]) socket.setNoDelay();
    passFrom(client, upstream);
    passFrom(upstream, client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Not listening on a port');

  const cut = (): void => {
    for (const socket of ends.keys()) socket.destroy();
  };
  return {
    host: `127.0.0.1:${address.port}`,
    swallow(later) {
      swallowsLater = later === 'too';
      for (const state of ends.values()) state.deaf = true;
    },
    passOn() {
      swallowsLater = false;
    },
    cut,
    connections: () => connections,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      cut();
      await closed;
    },
  };
}
