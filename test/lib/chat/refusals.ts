import type { ChatError } from '../../../src/lib/errors.ts';
import { type Answered, googleError } from './scripted-server.ts';

/** An answer of Chat's, what it is to us, and what the error says is to be done. */
type Refusal = readonly [name: string, answer: Answered, code: ChatError['code'], advice: RegExp];

/** Google's errors as they were seen or are documented. */
export const refusals: readonly Refusal[] = [
  [
    'a webhook’s key that is none',
    googleError(
      400,
      'INVALID_ARGUMENT',
      'API key not valid. Please pass a valid API key.',
      'API_KEY_INVALID',
    ),
    'chat_webhook_rejected',
    /WEBHOOKS/,
  ],
  [
    'a webhook’s token that is none, or not any more',
    googleError(
      403,
      'PERMISSION_DENIED',
      'The API is called without a valid token. Instructions on how to use incoming webhooks can be found at https://developers.google.com/chat/how-tos/webhooks',
    ),
    'chat_webhook_rejected',
    /Create it anew/,
  ],
  [
    'a name that is taken',
    googleError(409, 'ALREADY_EXISTS', 'Requested entity already exists'),
    'chat_already_exists',
    /another name/,
  ],
  [
    'a bad or expired token',
    googleError(
      401,
      'UNAUTHENTICATED',
      'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid ' +
        'authentication credential.',
    ),
    'chat_unauthenticated',
    /must be renewed/,
  ],
  [
    'a token without the scope, by its reason',
    googleError(403, 'PERMISSION_DENIED', 'Unexpected wording', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT'),
    'chat_scope_missing',
    /Ask the person/,
  ],
  [
    'a token without the scope, by its wording',
    googleError(403, 'PERMISSION_DENIED', 'Request had insufficient authentication scopes.'),
    'chat_scope_missing',
    /Ask the person/,
  ],
  [
    'an app outside the space',
    googleError(403, 'PERMISSION_DENIED', 'This Chat app is not a member of this space.'),
    'chat_not_member',
    /add it/,
  ],
  [
    'a missing approval',
    googleError(
      403,
      'PERMISSION_DENIED',
      'The administrator must grant the app the required OAuth authorization scope for this action.',
    ),
    'chat_not_approved',
    /administrator/,
  ],
  [
    'an API that is turned off, by its reason',
    googleError(403, 'PERMISSION_DENIED', 'Unexpected wording', 'SERVICE_DISABLED'),
    'chat_app_not_configured',
    /Turn it on/,
  ],
  [
    'an API that is turned off, by its wording',
    googleError(
      403,
      'PERMISSION_DENIED',
      'Google Chat API has not been used in project 123 before or it is disabled.',
    ),
    'chat_app_not_configured',
    /Turn it on/,
  ],
  [
    'a space that is gone, or closed to whoever asks',
    googleError(
      403,
      'PERMISSION_DENIED',
      "Permission denied to perform the requested action on the specified resource, or the resource doesn't exist.",
    ),
    'chat_forbidden',
    /no right there/,
  ],
  [
    'an app that was never configured',
    googleError(
      404,
      'NOT_FOUND',
      'Google Chat app not found. To create a Chat app, you must turn on the Chat API and configure the app in the ' +
        'Google Cloud console.',
    ),
    'chat_app_not_configured',
    /Configure it/,
  ],
  [
    'an unknown entity',
    googleError(404, 'NOT_FOUND', 'Requested entity was not found.'),
    'chat_not_found',
    /gone/,
  ],
  [
    'a malformed request',
    googleError(400, 'INVALID_ARGUMENT', 'Invalid JSON payload received.'),
    'chat_invalid_request',
    /Check the text or card/,
  ],
  [
    'a request too large',
    googleError(413, 'INVALID_ARGUMENT', 'Too large'),
    'chat_invalid_request',
    /Check the text or card/,
  ],
  [
    'a conflict of two changes',
    googleError(409, 'ABORTED', 'The operation was aborted.'),
    'chat_unavailable',
    /can be repeated/,
  ],
  [
    'an exhausted quota',
    googleError(429, 'RESOURCE_EXHAUSTED', 'Too many requests'),
    'chat_rate_limited',
    /quota/,
  ],
  ...[408, 500, 502, 503, 504].map(
    (status): Refusal => [
      `a failure of Google's (${status})`,
      googleError(status, 'UNAVAILABLE', 'The service is currently unavailable.'),
      'chat_unavailable',
      /can be repeated/,
    ],
  ),
  [
    'a load balancer without a body',
    { status: 502, body: '<html>Bad Gateway</html>' },
    'chat_unavailable',
    /can be repeated/,
  ],
  [
    'a proxy that forbids',
    { status: 403, body: '<html>Blocked by policy</html>' },
    'chat_unavailable',
    /proxy/,
  ],
];
