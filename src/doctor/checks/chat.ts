import { createAppAuth } from '../../lib/authorization/app-credentials.ts';
import { classifyError } from '../../lib/chat/classify-error.ts';
import { openClient } from '../../lib/chat/client.ts';
import type { Clock } from '../../lib/clock.ts';
import type { ChatError } from '../../lib/errors.ts';
import { PATIENCE_MS } from '../../lib/project/answers.ts';
import { consolePages } from '../../lib/project/console.ts';
import { type Check, hasFailed, type Scene } from '../check.ts';
import { about, type Finding, failed, needs, ok, unknown } from '../finding.ts';
import { reaching } from './network.ts';

/** Whether Chat takes us for the app: the API is on, the app is configured, and the service account's token is good. */
export const chat: Check = {
  title: 'Google Chat',
  async look(scene) {
    return [about('chat', await lookAtChat(scene))];
  },
};

async function lookAtChat(scene: Scene): Promise<Finding> {
  const { setting, project, clock, before } = scene;
  const { chatApiUrl } = setting;
  if (chatApiUrl === undefined) return needs('CHAT_API_URL');
  if (hasFailed(scene, 'credentials')) return needs('credentials, see above');
  if (before.some(({ check, status }) => check === 'credentials' && status === 'unknown')) {
    return needs('the credentials of a service account, see above');
  }
  const hosts = [chatApiUrl, ...setting.federationUrls].flatMap(
    (url) => URL.parse(url)?.host ?? [],
  );
  const unreached = hosts.find((host) => hasFailed(scene, reaching(host)));
  if (unreached !== undefined) return needs(`${unreached}, see above`);
  const error = await refusalByChat(chatApiUrl, clock);
  return error === undefined
    ? ok('the Chat API is on, an app is configured, and Chat takes this account for it')
    : explain(error, project);
}

/** A call that changes nothing: which spaces the app is in. What it answers is not looked at. */
async function refusalByChat(rootUrl: string, clock: Clock): Promise<ChatError | undefined> {
  try {
    await openClient(rootUrl).list(
      { pageSize: 1, auth: createAppAuth() },
      { signal: AbortSignal.timeout(PATIENCE_MS) },
    );
    return undefined;
  } catch (error) {
    return classifyError(error, clock());
  }
}

function explain(error: ChatError, project: string | undefined): Finding {
  const pages = consolePages(project);
  const inProject = project === undefined ? '' : ` --project=${project}`;
  switch (error.code) {
    case 'chat_app_not_configured':
      return error.status === 404
        ? failed(
            'there is no Chat app in the project of these credentials',
            `Configure it: ${pages.chatApp}\nThe credentials have to be of the same project.`,
          )
        : failed(
            'the Chat API is turned off in the project of these credentials',
            `gcloud services enable chat.googleapis.com${inProject}\nor ${pages.chatApi}`,
          );
    case 'chat_unauthenticated':
      return failed(
        'Chat does not accept this account’s token',
        'Use a service account of the Chat app’s project that isn’t disabled, with a key that isn’t deleted, and check the ' +
          `clock: ${pages.serviceAccounts}`,
      );
    case 'chat_scope_missing':
      return failed(
        'the token lacks the scope chat.bot',
        'Use a service account: chat.bot is given to those only. On Compute Engine, its access scopes have to include it.',
      );
    case 'chat_unavailable':
    case 'chat_rate_limited':
      return unknown(error.message, 'Try again.');
    default:
      return failed(error.message, pages.chatApp);
  }
}
