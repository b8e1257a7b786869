import { join } from 'node:path';
import { SLASH_COMMANDS } from '../src/lib/project/slash-commands.ts';
import { GOOGLES_QUOTAS } from './chat/quota.ts';
import { loadCredentials } from './credentials.ts';
import { startGoogle } from './google.ts';
import { readLaptop } from './laptop.ts';
import { fileSnapshot } from './snapshot.ts';
import { controlOver } from './weather/subscriber-control.ts';

// The laptop's Google as a process of its own. It outlives restarts of the app, and its state outlives its own.
const { folder, project, ports, redirectUri, dialect, files } = readLaptop(process.env);

const google = await startGoogle({
  project,
  credentials: loadCredentials(project, fileSnapshot(join(folder, 'credentials.json'))),
  redirectUri,
  snapshot: (part) => fileSnapshot(join(folder, `${part}.json`)),
  port: ports.google,
  pubsubPort: ports.pubsub,
  dialect: () => dialect,
  quotas: GOOGLES_QUOTAS,
  ledger: files.database,
  app: { slashCommands: SLASH_COMMANDS },
  subscriber: controlOver(process),
});
process.on('SIGTERM', () => void google.stop().then(() => process.exit(0)));
