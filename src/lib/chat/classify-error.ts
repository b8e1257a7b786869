import { ChatError } from '../errors.ts';
import { type Failure, readFailure } from './failure.ts';

type Code = ChatError['code'];

/** One way in which Chat refuses: an HTTP status, and words or a reason that tell it from others of that status. */
interface Rule {
  status: number;
  sign?: RegExp;
  code: Code;
  /** What whoever reads it should do. Holds nothing of the answer. */
  message: string;
}

type Meaning = Pick<Rule, 'code' | 'message'>;

const NO_ANSWER: Meaning = {
  code: 'chat_unavailable',
  message:
    'No answer came in time. Check the network if this lasts. The call can be repeated as it is.',
};

const UNAVAILABLE: Meaning = {
  code: 'chat_unavailable',
  message: 'Chat is not available. The call can be repeated as it is.',
};

const INVALID_REQUEST: Meaning = {
  code: 'chat_invalid_request',
  message: 'Chat does not accept this request. Check the text or card: repeating it does not help.',
};

/** For what answers in Chat's place, be it with an error or with a success. */
export const NOT_CHAT: Meaning = {
  code: 'chat_unavailable',
  message:
    'The answer is not one of the Chat API. Check CHAT_API_URL, and whether a proxy answers in its place.',
};

// The app's own token comes from elsewhere (a token endpoint, the metadata server): Chat was not asked yet.
const CREDENTIALS_UNAVAILABLE: Meaning = {
  code: 'chat_unavailable',
  message: "The app's credentials can't be fetched right now. The call can be repeated as it is.",
};

const CREDENTIALS_UNUSABLE: Meaning = {
  code: 'chat_unauthenticated',
  message:
    "The app's credentials can't be used. Check what GOOGLE_APPLICATION_CREDENTIALS names, and its service account.",
};

/** For a URL of an incoming webhook that Chat doesn't take, or not any more. */
export const WEBHOOK_REJECTED: Meaning = {
  code: 'chat_webhook_rejected',
  message:
    'Chat does not accept the webhook: it was deleted, or its URL in WEBHOOKS is wrong. Create it anew in the space, and ' +
    'put the new URL into WEBHOOKS.',
};

/** The first that fits wins (chat-platform.md, section 7). */
const RULES: readonly Rule[] = [
  { status: 400, sign: /API_KEY_INVALID|API key not valid/i, ...WEBHOOK_REJECTED },
  { status: 403, sign: /called without a valid token/i, ...WEBHOOK_REJECTED },
  {
    status: 401,
    code: 'chat_unauthenticated',
    message:
      "Chat did not accept the credentials. A person's access token must be renewed; if the app's was refused, check its " +
      'service account and the clock of this machine.',
  },
  {
    status: 403,
    sign: /ACCESS_TOKEN_SCOPE_INSUFFICIENT|insufficient authentication scopes/i,
    code: 'chat_scope_missing',
    message: 'The access token lacks the scope for this call. Ask the person for it.',
  },
  {
    status: 403,
    sign: /not a member of this space/i,
    code: 'chat_not_member',
    message: 'The app is not a member of the space. Somebody there has to add it.',
  },
  {
    status: 403,
    sign: /administrator must grant/i,
    code: 'chat_not_approved',
    message: 'This call needs a one-time approval by a Workspace administrator. Ask for it.',
  },
  {
    status: 403,
    sign: /SERVICE_DISABLED|has not been used in project/i,
    code: 'chat_app_not_configured',
    message: 'The Google Chat API is turned off in the project of the credentials. Turn it on.',
  },
  {
    status: 403,
    code: 'chat_forbidden',
    message:
      'Chat refused: the space or message is gone, or whoever acts has no right there. Repeating it does not help.',
  },
  {
    status: 404,
    sign: /Chat app not found/i,
    code: 'chat_app_not_configured',
    message:
      'There is no Chat app in the project of the credentials. Configure it on the Chat API page of the Google Cloud console.',
  },
  {
    status: 404,
    code: 'chat_not_found',
    message: 'The space, thread or message is gone. Repeating it does not help.',
  },
  {
    // Where this is a success, `isAlreadyThere` has said so before.
    status: 409,
    sign: /ALREADY_EXISTS/,
    code: 'chat_already_exists',
    message: 'There is something of this name already. Choose another name.',
  },
  {
    // The other error with this status is ABORTED.
    status: 409,
    code: 'chat_unavailable',
    message: 'Another change to the same resource came first. The call can be repeated as it is.',
  },
  {
    status: 429,
    code: 'chat_rate_limited',
    message: "Chat's quota is used up for now. The call can be repeated later.",
  },
];

/**
 * What a thrown error of the Chat client means to us.
 *
 * @param error anything that the client, its authentication or an aborted signal threw
 * @param now milliseconds since the epoch, to read a `Retry-After` that is a date
 */
export function classifyError(error: unknown, now: number): ChatError {
  if (error instanceof ChatError) return error;
  const failure = readFailure(error);
  const { code, message } = meaning(failure);
  const retryAfterMs = readRetryAfter(failure.retryAfter, now);
  return new ChatError(code, message, {
    cause: plainCause(failure),
    ...(failure.status === undefined ? {} : { status: failure.status }),
    timedOut: failure.timedOut,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** Whether a create failed because what it makes exists: a message of an earlier attempt of ours, or a member. */
export function isAlreadyThere(error: unknown): boolean {
  const { atChat, status, codes } = readFailure(error);
  return atChat && status === 409 && codes.includes('ALREADY_EXISTS');
}

function meaning(failure: Failure): Meaning {
  if (failure.noAnswer) return NO_ANSWER;
  const { status = 0 } = failure;
  const transient = status === 408 || status === 429 || status >= 500;
  if (!failure.atChat) return transient ? CREDENTIALS_UNAVAILABLE : CREDENTIALS_UNUSABLE;
  if (!failure.fromGoogle && !transient) return NOT_CHAT;
  return RULES.find((rule) => fits(rule, failure)) ?? (transient ? UNAVAILABLE : INVALID_REQUEST);
}

function fits(rule: Rule, { status, codes, text }: Failure): boolean {
  return rule.status === status && (rule.sign?.test([...codes, text].join(' ')) ?? true);
}

/** In milliseconds. The header is a number of seconds or a date (RFC 9110, section 10.2.3). */
function readRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** The client's own error holds the request with its token and text, so it is left behind. */
function plainCause({ status, codes: [code] }: Failure): Error {
  const cause = new Error(status === undefined ? 'No answer' : `HTTP ${status}`);
  return Object.assign(cause, code === undefined ? {} : { code });
}
