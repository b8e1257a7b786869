import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { sdkRoot } from '../support/emulators.ts';
import { documentsOf } from './documents.ts';

const run = promisify(execFile);

/** How `gcloud run … replace` reads a file, before it asks Google anything: with the Cloud SDK's own code. */
const READER = `
import json, sys
sdk, kind, text = sys.argv[1:]
sys.path[:0] = [sdk + "/lib/third_party", sdk + "/lib"]
from googlecloudsdk.api_lib.util import messages
from googlecloudsdk.generated_clients.apis.run.v1 import run_v1_messages
messages.DictToMessageWithErrorCheck(json.loads(text), getattr(run_v1_messages, kind))
`;

const FILES = [
  { file: 'oauth-web.service.yaml', kind: 'Service', far: '"failureThreshold"' },
  { file: 'subscriber.workerpool.yaml', kind: 'WorkerPool', far: '"mountPath"' },
];

describe('the files for Cloud Run', () => {
  let sdk: string;
  before(() => {
    sdk = sdkRoot();
  });
  const read = (kind: string, text: string) => run('python3', ['-c', READER, sdk, kind, text]);

  for (const { file, kind, far } of FILES) {
    const text = JSON.stringify(documentsOf(join('cloudrun', file))[0]);

    it(`are read by gcloud without an objection: ${file}`, async () => {
      await read(kind, text);
    });

    it(`would be refused for a misspelt field: ${file}`, async () => {
      assert.ok(text.includes(far));
      const misspelt = text.replace(far, far.replace(/.(?="$)/, ''));
      await assert.rejects(read(kind, misspelt), /DecodeError: Failed to parse value/);
    });

    it(`would be refused for a number that is a word: ${file}`, async () => {
      assert.ok(text.includes('"percent":100'));
      const misspelt = text.replace('"percent":100', '"percent":"all"');
      await assert.rejects(read(kind, misspelt), /Expected type|expected type|Failed to parse/);
    });
  }
});
