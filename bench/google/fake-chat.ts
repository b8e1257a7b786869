import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ApiError } from '../../simulator/chat/api-error.ts';
import { type CountCall, createQuotaGuard } from '../../simulator/chat/quota.ts';
import type { Arrivals } from './arrivals.ts';
import { numberIn } from './asks.ts';
import { createTokenEndpoint, type TokenEndpoint } from './token-endpoint.ts';

/** Chat and Google's token endpoint, no more of them than the contestants use: `instruments.ts` tells why. */
export interface FakeChat {
  url: string;
  accounts: TokenEndpoint;
  /** How long Chat takes for a message, in milliseconds. */
  delayMs: number;
  /** Counts a message, and throws when Chat's quota for it is used up. */
  countCall: CountCall;
  /** Whether a message stands as soon as its request is there, or only with its answer. By default as soon as it can. */
  postsAtOnce: (number: number) => boolean;
  /** Called for every card that the app shows to one person. */
  onCard: (link: string) => void;
  stop(): Promise<void>;
}

const SPACE = /^\/v1\/(spaces\/[\w-]+)\/messages/;
const LINK = /"openLink":\{"url":"([^"]+)"/;

export async function startFakeChat(arrivals: Arrivals): Promise<FakeChat> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(request, Buffer.concat(chunks).toString(), response));
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Not listening on a port');
  const url = `http://127.0.0.1:${address.port}`;

  const chat: FakeChat = {
    url,
    accounts: createTokenEndpoint(url),
    delayMs: 0,
    countCall: createQuotaGuard(undefined, Date.now),
    postsAtOnce: () => true,
    onCard: () => {},
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };

  function answer(request: IncomingMessage, body: string, response: ServerResponse): void {
    const path = request.url ?? '';
    const space = SPACE.exec(path)?.[1];
    if (path === '/token') return send(response, 200, chat.accounts.answer(body));
    if (path === '/oauth2/v1/certs') return send(response, 200, chat.accounts.certificates());
    if (space === undefined) return send(response, 404, { error: { status: 'NOT_FOUND' } });
    const message: unknown = JSON.parse(body);
    const number = numberIn(textOf(message));
    if (number === undefined) return card(space, body, response);
    arrivals.receive(number);
    write(space, number, new URLSearchParams(path.split('?')[1]).get('messageId') ?? '', response);
  }

  function card(space: string, body: string, response: ServerResponse): void {
    const link = LINK.exec(body)?.[1];
    if (link !== undefined) chat.onCard(link.replaceAll('\\u0026', '&'));
    send(response, 200, messageIn(space, 'client-card', ''));
  }

  function write(space: string, number: number, messageId: string, response: ServerResponse): void {
    try {
      chat.countCall(space, 'CreateMessage');
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      arrivals.refuse();
      return send(response, 429, {
        error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: error.message },
      });
    }
    const early = chat.postsAtOnce(number);
    let isNew = early && arrivals.post(number, messageId);
    const finish = (): void => {
      if (response.destroyed) return;
      if (!early) isNew = arrivals.post(number, messageId);
      if (isNew) send(response, 200, messageIn(space, messageId, `event ${number}`));
      else send(response, 409, { error: { code: 409, status: 'ALREADY_EXISTS', message: '' } });
    };
    if (chat.delayMs === 0) finish();
    else setTimeout(finish, chat.delayMs);
  }

  return chat;
}

function textOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'text' in message
    ? message.text
    : undefined;
}

function messageIn(space: string, messageId: string, text: string): object {
  const id = messageId || 'b.b';
  return {
    name: `${space}/messages/${id}`,
    sender: { name: 'users/100000000000000000000', type: 'HUMAN' },
    createTime: '2026-11-20T09:00:00.000000Z',
    text,
    thread: { name: `${space}/threads/b` },
    space: { name: space },
    argumentText: text,
    formattedText: text,
    clientAssignedMessageId: id,
  };
}

function send(response: ServerResponse, status: number, content: object): void {
  const body = JSON.stringify(content);
  response.writeHead(status, {
    'content-type': 'application/json; charset=UTF-8',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
