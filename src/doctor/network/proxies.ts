import type { Environment } from '../../lib/config/read.ts';
import { type Finding, failed, ok } from '../finding.ts';

/** By which library a call goes: they read different variables. */
export type Over = 'https' | 'grpc';

/** The proxies that calls go through, as each library reads them. */
export interface Proxies {
  /** Node's `fetch`, and Google's authentication library. */
  https: URL | undefined;
  /** @grpc/grpc-js, `http_proxy.ts`: three names, in lower case only, and plain HTTP to the proxy only. */
  grpc: URL | undefined;
  /** Hosts to go to directly. */
  none: Readonly<Record<Over, readonly string[]>>;
}

export function readProxies(environment: Environment): Proxies {
  const grpc = parse(
    environment['grpc_proxy'] || environment['https_proxy'] || environment['http_proxy'],
  );
  return {
    https: parse(environment['https_proxy'] || environment['HTTPS_PROXY']),
    grpc: grpc?.protocol === 'http:' ? grpc : undefined,
    none: {
      https: list(environment['no_proxy'] || environment['NO_PROXY']),
      grpc: list(environment['no_grpc_proxy'] || environment['no_proxy']),
    },
  };
}

/** The proxy on the way to a host, if there is one. */
export function proxyFor(proxies: Proxies, host: string, over: Over): URL | undefined {
  const direct = proxies.none[over].some((entry) => covers(entry, host));
  return direct ? undefined : proxies[over];
}

const REMEDY =
  'Set https_proxy=http://proxy.example.com:3128, in lower case and with http://, for both processes: gRPC (Pub/Sub and ' +
  'Firestore) reads nothing else.';

/** Whether all that Postern calls goes the same way. */
export function decideProxies(environment: Environment): Finding {
  const { https, grpc } = readProxies(environment);
  const given =
    environment['grpc_proxy'] || environment['https_proxy'] || environment['http_proxy'];
  const upper = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].filter((name) => environment[name]);
  if (given && grpc === undefined) {
    return failed('the proxy’s address is not an http:// one, so gRPC does not use it', REMEDY);
  }
  if (grpc === undefined && upper.length > 0) {
    return failed(
      `only ${upper.join(' and ')} is set, in upper case: gRPC does not read it, so Pub/Sub and Firestore go without the proxy`,
      REMEDY,
    );
  }
  if (grpc !== undefined && https === undefined) {
    return failed('gRPC goes through a proxy, and the calls to Chat and for tokens don’t', REMEDY);
  }
  if (grpc === undefined || https === undefined) return ok('no proxy is set');
  return ok(
    grpc.host === https.host
      ? `everything goes through the proxy ${grpc.host}`
      : `gRPC goes through the proxy ${grpc.host}, and the rest through ${https.host}`,
  );
}

function parse(text: string | undefined): URL | undefined {
  return text ? (URL.parse(text) ?? undefined) : undefined;
}

function list(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '');
}

/** A host, or the end of its name. */
function covers(entry: string, host: string): boolean {
  if (entry === '*') return true;
  const name = entry.replace(/^\*?\./, '').replace(/:\d+$/, '');
  return host === name || host.endsWith(`.${name}`);
}
