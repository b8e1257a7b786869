/** What of a gRPC channel is used here. Its states are numbers (grpc-js, `connectivityState`). */
interface GrpcChannel {
  getConnectivityState(tryToConnect: boolean): number;
  watchConnectivityState(state: number, deadline: number, callback: () => void): void;
}

const READY = 2;

/** The connection that a client's calls go over. */
export interface Channel {
  /** Whether it stands, as far as this side knows. */
  isReady(): boolean;
  /** Calls back once, at its next change. */
  onChange(changed: () => void): void;
}

/**
 * Options for a client of Pub/Sub, by which its channel is found. The client hides it, but gRPC shows it to whoever wants to
 * change a call before it is made (grpc-js, `callInvocationTransformer`); here nothing is changed.
 *
 * @param used gets the channel at each call
 */
export function onChannel(used: (channel: Channel) => void): object {
  return {
    'grpc.callInvocationTransformer': <Call extends { channel: GrpcChannel }>(call: Call): Call => {
      const { channel } = call;
      const state = (): number => channel.getConnectivityState(false);
      used({
        isReady: () => state() === READY,
        onChange: (changed) =>
          channel.watchConnectivityState(state(), Number.POSITIVE_INFINITY, changed),
      });
      return call;
    },
    // Clients with the same options would share a connection, a dead one included.
    'grpc.use_local_subchannel_pool': 1,
  };
}

/** Resolves when the channel is ready, or the signal aborts. */
export async function whenReady(channel: Channel, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !channel.isReady()) {
    await new Promise<void>((resolve) => {
      channel.onChange(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}
