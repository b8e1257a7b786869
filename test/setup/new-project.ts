import { after, afterEach, beforeEach } from 'node:test';
import { PubSub } from '@google-cloud/pubsub';
import { type PubSubServer, startPubSub } from '../../simulator/pubsub/server.ts';
import { run } from '../../src/setup/run.ts';
import { openPubSubAdmin } from '../../src/setup/stages/pubsub-admin.ts';
import { type FakeProject, fakeProject } from './fake-project.ts';

export const SUBSCRIBER = 'serviceAccount:postern-subscriber@new.iam.gserviceaccount.com';
export const OAUTH_WEB = 'serviceAccount:postern-oauth-web@new.iam.gserviceaccount.com';

/** Gives each test of a `describe` an empty project of Google's, and set-up. */
export function inNewProject() {
  let server: PubSubServer;
  let pubsub: PubSub;
  let project: FakeProject;
  const emulatorBefore = process.env['PUBSUB_EMULATOR_HOST'];
  beforeEach(async () => {
    server = await startPubSub();
    // The client finds the simulated Pub/Sub by this. To set-up it isn't told: it takes it for the real one.
    process.env['PUBSUB_EMULATOR_HOST'] = server.host;
    pubsub = new PubSub({ projectId: 'new' });
    project = fakeProject('new');
  });
  afterEach(async () => {
    await pubsub.close();
    await server.stop();
  });
  after(() => {
    if (emulatorBefore === undefined) delete process.env['PUBSUB_EMULATOR_HOST'];
  });

  async function setUp(...args: string[]): Promise<{ code: number; out: string }> {
    const lines: string[] = [];
    const code = await run(['--project=new', ...args], {
      environment: {},
      api: project.api,
      openPubSub: openPubSubAdmin,
      clock: () => Date.UTC(2026, 10, 1),
      sleep: () => Promise.resolve(),
      out: (line) => void lines.push(line),
      tell: (line) => void lines.push(line),
    });
    return { code, out: lines.join('\n') };
  }

  const policyOf = async (kind: 'topic' | 'subscription', id: string) => {
    const [{ bindings }] = await pubsub[kind](id).iam.getPolicy();
    return (bindings ?? []).map(({ role, members }) => `${role}: ${members?.join(' ')}`);
  };

  return { project: () => project, pubsub: () => pubsub, setUp, policyOf };
}
