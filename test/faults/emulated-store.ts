import { z } from 'zod';
import { seconds } from '../../src/lib/clock.ts';
import { openFirestoreStore } from '../../src/lib/store/firestore/firestore-store.ts';
import { type SwallowingProxy, startSwallowingProxy } from '../support/swallowing-proxy.ts';
import type { GroundStore } from './ground.ts';

/** Not the default one: that the name is taken from `STORE` is tried, too. */
export const DATABASE = 'auth-data';

const PATIENCE_MS = seconds(30);

/** A project of its own at Google's emulator of Firestore, which Postern's processes reach through a proxy. */
export async function emulatedStore(
  host: string,
  projectId: string,
): Promise<GroundStore & { proxy: SwallowingProxy }> {
  return {
    proxy: await startSwallowingProxy(host),
    open: () => openFirestoreStore({ projectId, database: DATABASE }),
    text: () => documentsOf(`http://${host}/v1/projects/${projectId}/databases/${DATABASE}`),
  };
}

const page = z.object({ nextPageToken: z.string().optional() });

/** All documents as JSON, with their bytes in clear. */
async function documentsOf(database: string): Promise<string> {
  const texts: string[] = [];
  for (const collection of ['grants', 'consents', 'requests', 'people']) {
    let token: string | undefined = '';
    while (token !== undefined) {
      const query = `pageSize=300&pageToken=${encodeURIComponent(token)}`;
      const response: Response = await fetch(`${database}/documents/${collection}?${query}`, {
        headers: { Authorization: 'Bearer owner' },
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`The emulator tells no ${collection}: ${response.status}`);
      texts.push(text, bytesIn(text));
      token = page.parse(JSON.parse(text)).nextPageToken;
    }
  }
  return texts.join('\n');
}

function bytesIn(json: string): string {
  return [...json.matchAll(/"bytesValue":\s*"([^"]*)"/g)]
    .map(([, bytes = '']) => Buffer.from(bytes, 'base64').toString('latin1'))
    .join('\n');
}
