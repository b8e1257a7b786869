import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { z } from 'zod';
import { hasLink, isPost, isPrivate } from './messages.ts';
import { type Stage, setStage } from './stage.ts';

/** What gcloud writes, as docs/deployment.md has it. */
const EXAMPLE = join(import.meta.dirname, '../../deploy/federation/subscriber-credentials.json');
const configuration = z.looseObject({
  token_url: z.string(),
  service_account_impersonation_url: z.string(),
  credential_source: z.looseObject({ file: z.string() }),
});
const ACCOUNT = 'postern@postern-test.iam.gserviceaccount.com';

/** Gives a stage's subscriber the example, with its Google's addresses, and a file for the token of the identity provider. */
function federate(stage: Stage): { environment: Record<string, string>; tokenFile: string } {
  const example = configuration.parse(JSON.parse(readFileSync(EXAMPLE, 'utf8')));
  const tokenFile = join(stage.folder, 'identity-token');
  const here = {
    ...example,
    token_url: new URL(new URL(example.token_url).pathname, stage.google.url).href,
    service_account_impersonation_url: `${stage.google.url}${new URL(
      example.service_account_impersonation_url,
    ).pathname.replace('postern-subscriber@my-project.iam.gserviceaccount.com', ACCOUNT)}`,
    credential_source: { ...example.credential_source, file: tokenFile },
  };
  const file = join(stage.folder, 'federation.json');
  writeFileSync(file, JSON.stringify(here));
  return { environment: { GOOGLE_APPLICATION_CREDENTIALS: file }, tokenFile };
}

describe('workload identity federation, without any key', () => {
  let stage: Stage;
  before(async () => {
    stage = await setStage({ dialect: 'add-on' });
  });
  after(() => stage.end());

  it('lets the subscriber speak as the app, also when the identity provider is late with its token', async () => {
    const { environment, tokenFile } = federate(stage);
    writeFileSync(tokenFile, stage.google.accounts.federation.subjectToken({ stale: true }));
    const subscriber = await stage.startSubscriber(environment);
    await stage.write(stage.ana, '@Postern good morning');
    await stage.until('that it has no credentials', () =>
      stage.output.find((line) => line.includes('request waits for an outage to end')),
    );
    assert.deepEqual(stage.seen(stage.ana).filter(isPrivate), []);

    writeFileSync(tokenFile, stage.google.accounts.federation.subjectToken());
    await stage.until('a card for Ana', () => stage.seen(stage.ana).find(hasLink));
    await stage.consent(await stage.link(stage.ana), stage.ana);
    const post = await stage.until('her post', () => stage.seen(stage.bruno).find(isPost));
    assert.equal(post.resource.text, 'good morning');
    await subscriber.stop(10_000);
  });

  it('is nothing that the doctor objects to', async () => {
    const { environment, tokenFile } = federate(stage);
    writeFileSync(tokenFile, stage.google.accounts.federation.subjectToken());
    const env = { ...process.env, ...stage.environment, ...environment };
    const args = ['src/doctor/main.ts', '--for', 'subscriber'];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env });
    assert.match(stdout, new RegExp(`${ACCOUNT}, by workload identity federation`));
    assert.match(stdout, /\b0 failed, /);
  });
});

describe('domain-wide delegation by workload identity federation, without any key', () => {
  let stage: Stage;
  before(async () => {
    stage = await setStage({ dialect: 'add-on', environment: { USER_AUTH: 'delegation' } });
  });
  after(() => stage.end());

  it('posts as whoever asks', async () => {
    const { environment, tokenFile } = federate(stage);
    writeFileSync(tokenFile, stage.google.accounts.federation.subjectToken());
    await stage.startSubscriber(environment);
    await stage.write(stage.ana, '@Postern without a key');
    const post = await stage.until('her post', () => stage.seen(stage.bruno).find(isPost));
    assert.equal(post.resource.sender?.name, `users/${stage.ana.id}`);
  });
});
