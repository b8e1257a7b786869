import { GoogleAuth } from 'google-auth-library';
import { z } from 'zod';
import { type Answer, ask } from '../../lib/project/answers.ts';
import { consolePages } from '../../lib/project/console.ts';
import type { Check, Scene } from '../check.ts';
import { about, type Finding, failed, ok, unknown } from '../finding.ts';

/** Whose credentials the libraries find. */
interface Account {
  kind: 'key-file' | 'federation' | 'impersonation' | 'person' | 'attached';
  /** Of the service account, where the credentials tell it. */
  email: string | undefined;
}

/** Which account this is. Everything below is told as that account sees it. */
export const credentials: Check = {
  title: 'Credentials',
  async look(scene) {
    const answer = await findAccount();
    return [about('credentials', decide(answer, scene))];
  },
};

/** The service account's address, if the credentials are those of one. */
export async function accountEmail(): Promise<string | undefined> {
  const answer = await findAccount();
  return answer.kind === 'answer' ? answer.value.email : undefined;
}

const KINDS: Readonly<Record<string, Account['kind']>> = {
  service_account: 'key-file',
  external_account: 'federation',
  external_account_authorized_user: 'federation',
  impersonated_service_account: 'impersonation',
  authorized_user: 'person',
};

const file = z.object({
  client_email: z.string().optional(),
  service_account_impersonation_url: z.string().optional(),
});

function findAccount(): Promise<Answer<Account>> {
  const auth = new GoogleAuth();
  return ask(async () => {
    await auth.getClient();
    const type = auth.jsonContent?.type ?? '';
    const { client_email, service_account_impersonation_url: url } = file.parse(
      auth.jsonContent ?? {},
    );
    const kind = auth.jsonContent === null ? 'attached' : (KINDS[type] ?? 'key-file');
    const [, impersonated] = /serviceAccounts\/([^:/]+):/.exec(url ?? '') ?? [];
    const attached = kind === 'attached' ? (await auth.getCredentials()).client_email : undefined;
    return { kind, email: client_email ?? impersonated ?? attached };
  });
}

const HOW: Readonly<Record<Account['kind'], string>> = {
  'key-file': 'a key file',
  federation: 'workload identity federation',
  impersonation: 'impersonation',
  person: 'a person’s sign-in',
  attached: 'credentials attached to this machine',
};

function decide(answer: Answer<Account>, { project, setting }: Scene): Finding {
  if (answer.kind !== 'answer') {
    const path = setting.environment['GOOGLE_APPLICATION_CREDENTIALS'];
    const found =
      path === undefined
        ? 'there are no Application Default Credentials'
        : 'the file that GOOGLE_APPLICATION_CREDENTIALS names can’t be used';
    return failed(
      found,
      'Attach a service account to this machine, or have GOOGLE_APPLICATION_CREDENTIALS name the file of a workload identity ' +
        `federation, or a key file: ${consolePages(project).serviceAccounts}`,
    );
  }
  const { kind, email } = answer.value;
  if (kind === 'person') {
    return unknown(
      'these are a person’s credentials: good for looking at Pub/Sub and Firestore, but Chat doesn’t take them as the app’s',
      'To see what the processes may do, run this again with the credentials of their service accounts.',
    );
  }
  return ok(`${email ?? 'an account that the credentials don’t name'}, by ${HOW[kind]}`);
}
