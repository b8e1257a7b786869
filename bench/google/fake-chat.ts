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
    if (space !== undefined) create(space, path, body, response);
    else if (path === '/token') send(response, 200, chat.accounts.answer(body));
    else if (path === '/oauth2/v1/certs') send(response, 200, chat.accounts.certificates());
    else send(response, 404, new ApiError('NOT_FOUND', 'Not of this benchmark').body());
  }

  function create(space: string, path: string, body: string, response: ServerResponse): void {
    const number = numberIn(textOf(JSON.parse(body)));
    if (number === undefined) {
      showCard(space, body, response);
      return;
    }
    arrivals.receive(number);
    const messageId = new URLSearchParams(path.split('?')[1]).get('messageId') ?? '';
    const refusal = refusalOf(space);
    if (refusal === undefined) post(space, number, messageId, response);
    else send(response, refusal.httpStatus, refusal.body());
  }

  function refusalOf(space: string): ApiError | undefined {
    try {
      chat.countCall(space, 'CreateMessage');
      return undefined;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      arrivals.refuse();
      return error;
    }
  }

  function showCard(space: string, body: string, response: ServerResponse): void {
    const link = LINK.exec(body)?.[1];
    if (link !== undefined) chat.onCard(link.replaceAll('\\u0026', '&'));
    send(response, 200, messageIn(space, 'client-card', ''));
  }

  function post(space: string, number: number, messageId: string, response: ServerResponse): void {
    const early = chat.postsAtOnce(number) ? arrivals.post(number, messageId) : undefined;
    const finish = (): void => {
      if (response.destroyed) return;
      const isNew = early ?? arrivals.post(number, messageId);
      if (isNew) send(response, 200, messageIn(space, messageId, `event ${number}`));
      else send(response, 409, new ApiError('ALREADY_EXISTS', 'It exists').body());
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
