import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { loadCredentials } from '../../../simulator/credentials.ts';
import { noSnapshot } from '../../../simulator/snapshot.ts';
import { file } from '../practice.ts';
import type { BrokenSetUp } from './set-up.ts';

export const APP: readonly BrokenSetUp[] = [
  {
    what: 'variables that no process starts with, all of them at once',
    break: () => ({ PUBSUB_TOPIC: '', LEASE_SECONDS: 'long', PORT: 'eighty' }),
    area: 'Configuration',
    cause: /PUBSUB_TOPIC: is missing/,
    remedy: /Set it to the topic of that subscription/,
    also: [/^LEASE_SECONDS: is not a whole number$/, /^PORT: is not a port number$/],
    skips: [/^needs PUBSUB_TOPIC$/],
  },
  {
    what: 'a key that is too short',
    break: () => ({ TOKEN_KEYS: `k1:${Buffer.alloc(16).toString('base64')}` }),
    area: 'Configuration',
    cause: /TOKEN_KEYS: entry 1: the key has 16 bytes instead of 32/,
    remedy: /openssl rand -base64 32/,
    skips: [/^needs TOKEN_KEYS$/],
  },
  {
    what: 'a key file that isn’t there',
    break: () => ({ GOOGLE_APPLICATION_CREDENTIALS: 'nowhere.json' }),
    area: 'Credentials',
    cause: /the file that GOOGLE_APPLICATION_CREDENTIALS names can’t be used/,
    remedy: /iam-admin\/serviceaccounts\?project=postern-test/,
    skips: [/^needs credentials, see above$/],
    // Which of the publishers is the subscriber’s is known by its credentials.
    unknown: [/^these may publish on the topic, too, .*: serviceAccount:postern@/],
  },
  {
    what: 'a key of the service account that was deleted',
    break(practice) {
      const path = practice.environment['GOOGLE_APPLICATION_CREDENTIALS'] ?? '';
      const key = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(path, 'utf8')));
      const { serviceAccount } = loadCredentials(practice.project, noSnapshot());
      return file(practice, 'GOOGLE_APPLICATION_CREDENTIALS', {
        ...key,
        private_key: serviceAccount.privateKeyPem,
      });
    },
    area: 'Google Chat',
    cause: /Chat does not accept this account’s token/,
    remedy: /a key that isn’t deleted/,
  },
  {
    what: 'a project without a Chat app',
    break({ google }) {
      google.chatFaults.failNext({ project: 'app-not-configured' });
      return {};
    },
    area: 'Google Chat',
    cause: /there is no Chat app in the project/,
    remedy:
      /Configure it: .*\/apis\/api\/chat\.googleapis\.com\/hangouts-chat\?project=postern-test/,
  },
  {
    what: 'a Chat API that is turned off',
    break({ google }) {
      google.chatFaults.failNext({ project: 'api-disabled' });
      return {};
    },
    area: 'Google Chat',
    cause: /the Chat API is turned off/,
    remedy: /gcloud services enable chat\.googleapis\.com --project=postern-test/,
  },
];
