import { Agent, request } from 'node:http';
import { PubSub } from '@google-cloud/pubsub';
import { z } from 'zod';

/**
 * The limit: Google's Pub/Sub client, and a handler that makes one POST over a kept-alive connection, then acks. It keeps no
 * promise at all: no order, no ledger, no one's credentials, no second try.
 */

const { PUBSUB_SUBSCRIPTION, CHAT_API_URL, MAX_CONCURRENCY } = z
  .object({ PUBSUB_SUBSCRIPTION: z.string(), CHAT_API_URL: z.url(), MAX_CONCURRENCY: z.string() })
  .parse(process.env);

const event = z.object({
  chat: z.object({
    messagePayload: z.object({
      space: z.object({ name: z.string() }),
      message: z.object({ argumentText: z.string() }),
    }),
  }),
});

// As many at a time as Postern.
const agent = new Agent({ keepAlive: true, maxSockets: Number(MAX_CONCURRENCY) });
const subscription = new PubSub().subscription(PUBSUB_SUBSCRIPTION, {
  flowControl: { maxMessages: 10_000 },
  streamingOptions: { maxStreams: 1 },
  batching: { maxMilliseconds: 10 },
});

subscription.on('message', (message) => {
  const { space, message: written } = event.parse(JSON.parse(message.data.toString())).chat
    .messagePayload;
  const body = JSON.stringify({ text: written.argumentText.trim() });
  const headers = {
    authorization: 'Bearer bench',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  const call = request(`${CHAT_API_URL}/v1/${space.name}/messages`, {
    method: 'POST',
    agent,
    headers,
  });
  call.on('response', (response) => {
    response.resume();
    response.on('end', () => message.ack());
  });
  call.on('error', () => message.nack());
  call.end(body);
});
subscription.on('error', (error) => {
  throw error;
});
