import type { chat_v1 } from '@googleapis/chat';
import { OAuth2Client } from 'google-auth-library';
import { z } from 'zod';
import { ChatError } from '../errors.ts';
import {
  type MessageName,
  messageName,
  type SpaceName,
  spaceName,
  spaceOf,
  type UserName,
} from '../names.ts';
import { buttonsOfMessage } from './button-answers.ts';
import type { AppMessage, Chat, Member, Posted, Step } from './chat.ts';
import { isAlreadyThere } from './classify-error.ts';
import { type CallOptions, createCall, openClient, parseAnswer } from './client.ts';
import { idempotencyKeys } from './idempotency.ts';
import { memberPage, newMembership, newSpace } from './member-answers.ts';
import { createRequest, type MessageChange, newText, replacement } from './message-request.ts';

type ChatAuth = Exclude<chat_v1.Options['auth'], string | undefined>;

export interface ChatOptions extends CallOptions {
  /** `https://chat.googleapis.com`, or a stand-in. */
  rootUrl: string;
  /** The app's service account, with the scope `chat.bot`. */
  appAuth: ChatAuth;
}

/** As many as Chat gives at once (the reference of `spaces.members.list`). */
const MEMBERS_PER_PAGE = 1000;

/** The Chat API over HTTPS. */
export function createChat(options: ChatOptions): Chat {
  const { rootUrl, appAuth } = options;
  const spaces = openClient(rootUrl);
  const call = createCall(options);

  const create = async (
    auth: ChatAuth,
    principal: 'app' | UserName,
    space: SpaceName,
    message: AppMessage,
    step: Step,
    signal: AbortSignal,
  ): Promise<Posted> => {
    const request = createRequest(space, message);
    const keys = idempotencyKeys(step, principal, request.requestBody);
    const assignedName = messageName.parse(`${space}/messages/${keys.messageId}`);
    return call({ as: 'message-write', space }, signal, async (attemptSignal) => {
      try {
        const { data } = await spaces.messages.create(
          { ...request, ...keys, auth },
          { signal: attemptSignal },
        );
        const {
          name = assignedName,
          createTime,
          lastUpdateTime,
        } = parseAnswer(postedMessage, data);
        // A repeat of the same content is answered with the first message, as it stands now.
        return { name, already: lastUpdateTime !== undefined && lastUpdateTime !== createTime };
      } catch (error) {
        if (isAlreadyThere(error)) return { name: assignedName, already: true };
        throw error;
      }
    });
  };

  const patch = async (
    auth: ChatAuth,
    name: MessageName,
    change: MessageChange,
    signal: AbortSignal,
  ): Promise<void> => {
    const counted = { as: 'message-write', space: spaceOf(name) } as const;
    await call(counted, signal, async (attemptSignal) => {
      const { data } = await spaces.messages.patch(
        { name, ...change, auth },
        { signal: attemptSignal },
      );
      parseAnswer(namedMessage, data);
    });
  };

  const pageOfMembers = (
    auth: ChatAuth,
    space: SpaceName,
    pageToken: string | undefined,
    signal: AbortSignal,
  ) => {
    const page = { pageSize: MEMBERS_PER_PAGE, ...(pageToken === undefined ? {} : { pageToken }) };
    return call({ as: 'membership-read', space }, signal, async (attemptSignal) => {
      const params = { parent: space, ...page, auth };
      const { data } = await spaces.members.list(params, { signal: attemptSignal });
      return parseAnswer(memberPage, data);
    });
  };

  const listMembers = async (
    auth: ChatAuth,
    space: SpaceName,
    signal: AbortSignal,
  ): Promise<readonly Member[]> => {
    const members: Member[] = [];
    let pageToken: string | undefined;
    do {
      const page = await pageOfMembers(auth, space, pageToken, signal);
      members.push(...page.members);
      pageToken = page.nextPageToken;
    } while (pageToken);
    return members;
  };

  return {
    asApp: {
      createMessage: (space, message, step, signal) =>
        create(appAuth, 'app', space, message, step, signal),

      patchMessage: async (name, content, signal) =>
        patch(appAuth, name, replacement(content), signal),

      updateText: async (name, text, signal) => patch(appAuth, name, newText(text), signal),

      readButtons: (name, signal) =>
        call({ as: 'message-read', space: spaceOf(name) }, signal, async (attemptSignal) => {
          const params = { name, auth: appAuth };
          const { data } = await spaces.messages.get(params, { signal: attemptSignal });
          return parseAnswer(buttonsOfMessage, data);
        }),

      async findDirectMessage(user, signal) {
        const params = { name: user, auth: appAuth };
        try {
          return await call({ as: 'space-read' }, signal, async (attemptSignal) => {
            const { data } = await spaces.findDirectMessage(params, { signal: attemptSignal });
            return parseAnswer(foundSpace, data).name;
          });
        } catch (error) {
          if (error instanceof ChatError && error.code === 'chat_not_found') return undefined;
          throw error;
        }
      },

      listMembers: (space, signal) => listMembers(appAuth, space, signal),
    },

    asPerson(user, accessToken) {
      const auth = new OAuth2Client();
      // No refresh token and no expiry: the library has nothing that it could try to refresh.
      auth.setCredentials({ access_token: accessToken });
      return {
        createMessage: (space, message, step, signal) =>
          create(auth, user, space, message, step, signal),

        updateText: async (name, text, signal) => patch(auth, name, newText(text), signal),

        listMembers: (space, signal) => listMembers(auth, space, signal),

        createMembership: (space, newcomer, signal) => {
          const member =
            newcomer === 'app'
              ? { name: 'users/app', type: 'BOT' }
              : { name: newcomer, type: 'HUMAN' };
          return call({ as: 'membership-write' }, signal, async (attemptSignal) => {
            try {
              const params = { parent: space, requestBody: { member }, auth };
              const { data } = await spaces.members.create(params, { signal: attemptSignal });
              return parseAnswer(newMembership, data).state === 'INVITED' ? 'invited' : 'added';
            } catch (error) {
              if (isAlreadyThere(error)) return 'here';
              throw error;
            }
          });
        },

        setUpSpace: ({ displayName, people }, step, signal) => {
          const requestBody = {
            requestId: idempotencyKeys(step, user).requestId,
            space: { spaceType: 'SPACE', displayName },
            memberships: people.map((name) => ({ member: { name, type: 'HUMAN' } })),
          };
          return call({ as: 'space-write' }, signal, async (attemptSignal) => {
            const { data } = await spaces.setup({ requestBody, auth }, { signal: attemptSignal });
            return parseAnswer(newSpace, data);
          });
        },
      };
    },
  };
}

/** A repeat may be answered with less than the whole message; then it is known by the id that we gave it. */
const namedMessage = z.object({ name: messageName.optional().catch(undefined) });

const time = z.string().optional().catch(undefined);

const postedMessage = namedMessage.extend({ createTime: time, lastUpdateTime: time });

const foundSpace = z.object({ name: spaceName });
