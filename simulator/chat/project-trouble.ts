import { ApiError } from './api-error.ts';

/** What of a Chat app's project is not set up. */
export type ProjectTrouble = 'api-disabled' | 'app-not-configured';

/** How Chat answers every call then (chat-platform.md, section 7; of the first, the general words of Google's APIs). */
export function troubled(trouble: ProjectTrouble): ApiError {
  return trouble === 'api-disabled' ? apiDisabled() : appNotConfigured();
}

function apiDisabled(): ApiError {
  const activationUrl =
    'https://console.developers.google.com/apis/api/chat.googleapis.com/overview?project=1234567890';
  return new ApiError(
    'PERMISSION_DENIED',
    `Google Chat API has not been used in project 1234567890 before or it is disabled. Enable it by visiting ${activationUrl} ` +
      'then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.',
    {
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'SERVICE_DISABLED',
          domain: 'googleapis.com',
          metadata: { service: 'chat.googleapis.com', consumer: 'projects/1234567890' },
        },
      ],
    },
  );
}

function appNotConfigured(): ApiError {
  return new ApiError(
    'NOT_FOUND',
    'Google Chat app not found. To create a Chat app, you must turn on the Chat API and configure the app in the Google Cloud console.',
    {
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.Help',
          links: [
            {
              description: 'Configure your Google Chat app',
              url: 'https://developers.google.com/chat/how-tos/apps-publish',
            },
          ],
        },
      ],
    },
  );
}
