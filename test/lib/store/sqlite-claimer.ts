import { openSqliteStore } from '../../../src/lib/store/sqlite/sqlite-store.ts';
import { claiming, request } from './contract/fixture.ts';

/** A process of its own for sqlite.test.ts: claims what it can get of n requests, and prints how many it got. */
const [path = '', count = '0'] = process.argv.slice(2);
const store = openSqliteStore({ path });
let got = 0;
for (let n = 0; n < Number(count); n++) {
  const { status } = await store.requests.claim(request(String(n)), claiming());
  if (status === 'claimed') got++;
}
await store.close();
process.stdout.write(String(got));
