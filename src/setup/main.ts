import { setTimeout as wait } from 'node:timers/promises';
import { GoogleAuth } from 'google-auth-library';
import { CLOUD_PLATFORM } from '../lib/authorization/scopes.ts';
import { createGoogleApi } from '../lib/project/google-api.ts';
import { run } from './run.ts';
import { openPubSubAdmin } from './stages/pubsub-admin.ts';

const code = await run(process.argv.slice(2), {
  environment: process.env,
  api: createGoogleApi(new GoogleAuth({ scopes: [CLOUD_PLATFORM] })),
  openPubSub: openPubSubAdmin,
  clock: Date.now,
  sleep: (ms) => wait(ms),
  out: (line) => void process.stdout.write(`${line}\n`),
  tell: (line) => void process.stderr.write(`${line}\n`),
});
// A call that was given up may still be on its way, and would keep the process until it ends.
process.stdout.write('', () => process.exit(code));
