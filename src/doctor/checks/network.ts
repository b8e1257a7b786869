import type { Clock } from '../../lib/clock.ts';
import { PATIENCE_MS } from '../../lib/project/answers.ts';
import type { Check, Scene } from '../check.ts';
import { about, type Result } from '../finding.ts';
import { decideClock } from '../network/clock.ts';
import { type Connection, tryWay, type Way } from '../network/connect.ts';
import { type Destination, destinations } from '../network/destinations.ts';
import { decideEgress } from '../network/egress.ts';
import { decideProxies, proxyFor, readProxies } from '../network/proxies.ts';

/** Whether every host that Postern calls is reached, by its name; and, as the answers tell the time, whether the clock is right. */
export const network: Check = {
  title: 'Network',
  async look(scene) {
    const tried = await Promise.all(
      destinations(scene.setting).map((destination) => tryDestination(destination, scene)),
    );
    const ahead = tried.flatMap(({ aheadMs }) => aheadMs ?? []);
    return [
      about('proxy', decideProxies(scene.setting.environment)),
      ...tried.map(({ result }) => result),
      about('clock', decideClock(median(ahead))),
    ];
  },
};

/** The name of the check of a host, for those that depend on it. */
export const reaching = (what: string): string => `reach ${what}`;

async function tryDestination(
  destination: Destination,
  { setting, readText, clock }: Scene,
): Promise<{ result: Result; aheadMs: number | undefined }> {
  const { url, over } = destination;
  const proxies = readProxies(setting.environment);
  // Another variable is for plain HTTP, which is for this machine only; gRPC goes to an emulator through the proxy, too.
  const isLocal = over === 'https' && url.protocol === 'http:';
  const proxy = isLocal ? undefined : proxyFor(proxies, url.hostname, over);
  const rootsFile = over === 'grpc' ? setting.environment['GRPC_DEFAULT_SSL_ROOTS_FILE_PATH'] : '';
  const ca = rootsFile ? readOrNothing(readText, rootsFile) : undefined;
  const way = { url, over, proxy, ca, timeoutMs: PATIENCE_MS };
  const { connection: asPostern, aheadMs } = await timed(way, clock);
  const around =
    asPostern.kind === 'failed' && proxy !== undefined
      ? await tryWay({ ...way, proxy: undefined })
      : undefined;
  const finding = decideEgress(destination, { proxy, asPostern, direct: around });
  return { result: about(reaching(url.host), finding), aheadMs };
}

/** How much our clock is ahead of theirs. */
async function timed(
  way: Way,
  clock: Clock,
): Promise<{ connection: Connection; aheadMs: number | undefined }> {
  const connection = await tryWay(way);
  const serverTime = connection.kind === 'connected' ? connection.serverTime : undefined;
  return { connection, aheadMs: serverTime === undefined ? undefined : clock() - serverTime };
}

function readOrNothing(readText: Scene['readText'], path: string): string | undefined {
  try {
    return readText(path);
  } catch {
    return undefined;
  }
}

function median(numbers: readonly number[]): number | undefined {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
