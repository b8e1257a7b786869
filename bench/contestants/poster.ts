import { Agent, request } from 'node:http';
import { z } from 'zod';

/** Posts so many messages to a Chat, a hundred at a time, and ends. It measures the Chat, by being faster. */

const { CHAT_API_URL, SPACE, MESSAGES } = z
  .object({ CHAT_API_URL: z.url(), SPACE: z.string(), MESSAGES: z.coerce.number() })
  .parse(process.env);

const agent = new Agent({ keepAlive: true, maxSockets: 100 });
const headers = { authorization: 'Bearer bench', 'content-type': 'application/json' };
const body = JSON.stringify({ text: 'a message' });

const post = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const url = `${CHAT_API_URL}/v1/${SPACE}/messages`;
    const call = request(url, { method: 'POST', agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`Chat answered ${response.statusCode}`));
      response.resume().on('end', resolve);
    });
    call.on('error', reject);
    call.end(body);
  });

await Promise.all(Array.from({ length: MESSAGES }, post));
agent.destroy();
