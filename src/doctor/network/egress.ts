import { type Finding, failed, ok, unknown } from '../finding.ts';
import type { Connection } from './connect.ts';
import type { Destination } from './destinations.ts';

/** What came of going to a host: as Postern does, and the other way, where there is a proxy to go around. */
export interface Ways {
  proxy: URL | undefined;
  asPostern: Connection;
  /** Without the proxy. Undefined: not tried, as there is none, or no need. */
  direct: Connection | undefined;
}

/** Whom Google has its own certificates issued by (pki.goog). */
const GOOGLES_CA = /^Google Trust Services/;
const GOOGLES_HOST = /\.(googleapis|google)\.com$/;

const TRUST_IT =
  'Save the certificate of the CA that inspects TLS as PEM, and name that file in NODE_EXTRA_CA_CERTS and in ' +
  'GRPC_DEFAULT_SSL_ROOTS_FILE_PATH (with Google’s roots in it, too), for both processes. Or have the host exempted from inspection.';

/** Whether Postern gets to a host, and if not, what is in the way. */
export function decideEgress(destination: Destination, ways: Ways): Finding {
  const { asPostern: connection } = ways;
  const name = `${destination.url.host} (${destination.what})`;
  if (connection.kind === 'failed') return unreached(destination, name, connection, ways);
  const { trusted, issuer, http2 } = connection;
  if (!trusted) {
    return failed(
      `${name} answers with a certificate by “${issuer}”, which isn’t trusted here: TLS is inspected on the way, or somebody ` +
        'else answers',
      TRUST_IT,
    );
  }
  if (destination.over === 'grpc' && !http2) {
    return failed(
      `${name} is reached, but something on the way takes HTTP/2 away, and gRPC needs it`,
      `Have ${destination.url.hostname} exempted from the inspection of TLS, or have that pass HTTP/2 on.`,
    );
  }
  const how = ways.proxy === undefined ? '' : `, through the proxy ${ways.proxy.host}`;
  const isInspected =
    issuer !== undefined && GOOGLES_HOST.test(destination.url.hostname) && !GOOGLES_CA.test(issuer);
  const inspected = isInspected
    ? `; its TLS is inspected by “${issuer}”, which is trusted here`
    : '';
  return ok(`${name} is reached${how}${inspected}`);
}

function unreached(
  { url, variable, byBrowsers }: Destination,
  name: string,
  { at, reason }: Extract<Connection, { kind: 'failed' }>,
  { proxy, direct }: Ways,
): Finding {
  if (byBrowsers) {
    return unknown(
      `${name} isn’t reached from here (${reason}); only people’s browsers need it`,
      'See that their network lets them.',
    );
  }
  if (url.protocol === 'http:' && proxy === undefined) {
    return failed(
      `${name} isn’t reached (${reason})`,
      `Start what ${variable} names, or correct that; to use Google’s own, leave it out.`,
    );
  }
  const port = url.port === '' ? '443' : url.port;
  if (proxy === undefined) {
    return failed(
      `${name} isn’t reached (${reason})`,
      `Let TCP ${port} out to ${url.hostname}, by name, in the firewall; or set https_proxy, in lower case, to a proxy that may.`,
    );
  }
  const where = at === 'proxy' ? `the proxy ${proxy.host} doesn’t let through` : 'isn’t reached';
  const around =
    direct?.kind === 'connected'
      ? `Without the proxy it is reached: add ${url.hostname} to no_proxy, in lower case.`
      : `Have the proxy allow CONNECT to ${url.hostname}:${port}, and check its address and password in https_proxy.`;
  return failed(
    at === 'proxy'
      ? `${name}: ${where} (${reason})`
      : `${name} ${where} through ${proxy.host} (${reason})`,
    around,
  );
}
