import type { chat_v1 } from '@googleapis/chat';
import type { RunningChat, Token } from './running-chat.ts';

export type Body = chat_v1.Schema$Message;
export type Parameters = Omit<
  chat_v1.Params$Resource$Spaces$Messages$Create,
  'parent' | 'requestBody'
>;

/** Posts in the room, or where `parent` says, with Google's own client. */
export type Create = (
  token: Token,
  body: Body,
  parameters?: Parameters,
  parent?: string,
) => Promise<Body>;

export function creator(chat: RunningChat): Create {
  return async (token, requestBody, parameters = {}, parent = chat.room) => {
    const messages = chat.as(token).spaces.messages;
    const { data } = await messages.create({ parent, requestBody, ...parameters });
    return data;
  };
}
