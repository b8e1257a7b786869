import { isInKms } from '../../lib/store/token-keys.ts';
import type { Setting } from '../setting.ts';
import type { Over } from './proxies.ts';

/** A host that has to be reached. */
export interface Destination {
  url: URL;
  over: Over;
  /** What for. */
  what: string;
  /** The variable that it comes from, unless it is Google's own. */
  variable: string;
  /** Whether only people's browsers go there. */
  byBrowsers: boolean;
}

/** What Postern calls with this configuration, each host once; Pub/Sub and Firestore only where no emulator stands in. */
export function destinations(setting: Setting): Destination[] {
  const { client, urls, emulators, processes } = setting;
  const isPulling = processes.includes('subscriber');
  const delegates = setting.userAuth === 'delegation' && isPulling;
  const consents = setting.userAuth === 'consent' || processes.includes('oauth-web');
  const wanted: (Destination | undefined)[] = [
    isPulling
      ? grpc('https://pubsub.googleapis.com', 'PUBSUB_EMULATOR_HOST', emulators.pubsub, 'Pub/Sub')
      : undefined,
    setting.store?.kind === 'firestore'
      ? grpc(
          'https://firestore.googleapis.com',
          'FIRESTORE_EMULATOR_HOST',
          emulators.firestore,
          'Firestore',
        )
      : undefined,
    isPulling ? https('CHAT_API_URL', setting.chatApiUrl, 'the Chat API') : undefined,
    ...setting.federationUrls.map((url) =>
      https('GOOGLE_APPLICATION_CREDENTIALS', url, 'workload identity federation'),
    ),
    ...(consents
      ? [
          https('OAUTH_CLIENT_FILE', client?.tokenUri, 'tokens'),
          https('OAUTH_CLIENT_FILE', client?.certsUrl, 'the certificates of ID tokens'),
          https('OAUTH_REVOKE_URL', urls.revoke, 'revoking'),
          https('OAUTH_CLIENT_FILE', client?.authUri, 'consenting', true),
        ]
      : []),
    ...(delegates
      ? [
          https('DELEGATION_TOKEN_URL', urls.delegationToken, 'tokens'),
          https('IAM_CREDENTIALS_URL', urls.iamCredentials, 'signing'),
        ]
      : []),
    setting.tokenKeys?.some(isInKms) ? https('CLOUD_KMS_URL', urls.kms, 'Cloud KMS') : undefined,
  ];
  const byHost = new Map<string, Destination>();
  for (const one of wanted) {
    if (one === undefined) continue;
    const key = `${one.over} ${one.url.origin}`;
    const same = byHost.get(key);
    if (same === undefined) byHost.set(key, one);
    else if (!one.byBrowsers) byHost.set(key, merged(same, one));
  }
  return [...byHost.values()];
}

function merged(one: Destination, other: Destination): Destination {
  const what = one.what === other.what ? one.what : `${one.what}, ${other.what}`;
  return { ...one, what, byBrowsers: one.byBrowsers && other.byBrowsers };
}

/** An emulator is gone to directly, by plain HTTP. */
function grpc(
  google: string,
  variable: string,
  emulator: string | undefined,
  what: string,
): Destination | undefined {
  const url = URL.parse(emulator === undefined ? google : `http://${emulator}`) ?? undefined;
  const told = emulator === undefined ? what : `the emulator of ${what}`;
  return url && { url, over: 'grpc', what: told, variable, byBrowsers: false };
}

function https(
  variable: string,
  text: string | undefined,
  what: string,
  byBrowsers = false,
): Destination | undefined {
  const url = URL.parse(text ?? '') ?? undefined;
  return url && { url: new URL(url.origin), over: 'https', what, variable, byBrowsers };
}
