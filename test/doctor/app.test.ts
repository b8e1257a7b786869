import { readFileSync } from 'node:fs';
import { describe } from 'node:test';
import { z } from 'zod';
import { loadCredentials } from '../../simulator/credentials.ts';
import { noSnapshot } from '../../simulator/snapshot.ts';
import { broken } from './cases.ts';
import { file } from './practice.ts';

describe('the doctor, of what is wrong with the app,', () => {
  broken([
    {
      what: 'variables that no process starts with, all of them at once',
      break: () => ({ PUBSUB_TOPIC: '', LEASE_SECONDS: 'long', PORT: 'eighty' }),
      check: 'configuration',
      cause: /PUBSUB_TOPIC: is missing/,
      remedy: /Set it to the topic of that subscription/,
    },
    {
      what: 'a key that is too short',
      break: () => ({ TOKEN_KEYS: `k1:${Buffer.alloc(16).toString('base64')}` }),
      check: 'configuration',
      cause: /TOKEN_KEYS: entry 1: the key has 16 bytes instead of 32/,
      remedy: /openssl rand -base64 32/,
    },
    {
      what: 'a key file that isn’t there',
      break: () => ({ GOOGLE_APPLICATION_CREDENTIALS: 'nowhere.json' }),
      check: 'credentials',
      cause: /the file that GOOGLE_APPLICATION_CREDENTIALS names can’t be used/,
      remedy: /iam-admin\/serviceaccounts\?project=postern-test/,
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
      check: 'chat',
      cause: /Chat does not accept this account’s token/,
      remedy: /a key that isn’t deleted/,
    },
    {
      what: 'a project without a Chat app',
      break({ google }) {
        google.chatFaults.failNext({ project: 'app-not-configured' });
        return {};
      },
      check: 'chat',
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
      check: 'chat',
      cause: /the Chat API is turned off/,
      remedy: /gcloud services enable chat\.googleapis\.com --project=postern-test/,
    },
  ]);
});
