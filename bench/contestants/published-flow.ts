import { DatabaseSync } from 'node:sqlite';
import { type Message, PubSub } from '@google-cloud/pubsub';
import { chat } from '@googleapis/chat';
import { OAuth2Client } from 'google-auth-library';
import { z } from 'zod';

/**
 * What Google's samples do for each event, written afresh: read the person's tokens from the store, make an OAuth client of
 * them, make a Chat client of that, post, ack. All options are the libraries' own. The tokens are there and good for
 * another hour, so that it never has to refresh one.
 */

const { PUBSUB_SUBSCRIPTION, CHAT_API_URL, TOKENS_FILE } = z
  .object({ PUBSUB_SUBSCRIPTION: z.string(), CHAT_API_URL: z.url(), TOKENS_FILE: z.string() })
  .parse(process.env);

const event = z.object({
  chat: z.object({
    user: z.object({ name: z.string() }),
    messagePayload: z.object({
      space: z.object({ name: z.string() }),
      message: z.object({ argumentText: z.string(), thread: z.object({ name: z.string() }) }),
    }),
  }),
});

const tokens = z.object({ access_token: z.string(), refresh_token: z.string() });

const database = new DatabaseSync(TOKENS_FILE);
const find = database.prepare('SELECT access_token, refresh_token FROM tokens WHERE user = ?');

async function answer(message: Message): Promise<void> {
  const { user, messagePayload } = event.parse(JSON.parse(message.data.toString())).chat;
  const credentials = tokens.parse(find.get(user.name));
  const auth = new OAuth2Client({ clientId: 'bench', clientSecret: 'bench' });
  auth.setCredentials({ ...credentials, expiry_date: Date.now() + 3_600_000 });
  const client = chat({ version: 'v1', auth, rootUrl: CHAT_API_URL });
  await client.spaces.messages.create({
    parent: messagePayload.space.name,
    messageReplyOption: 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD',
    requestBody: {
      text: messagePayload.message.argumentText.trim(),
      thread: { name: messagePayload.message.thread.name },
    },
  });
  message.ack();
}

new PubSub().subscription(PUBSUB_SUBSCRIPTION).on('message', (message) => void answer(message));
