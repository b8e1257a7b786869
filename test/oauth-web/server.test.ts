import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { startServer } from '../../src/lib/callback/server.ts';
import { visit } from './scene.ts';

const LOCAL = { port: 0, host: '127.0.0.1' };

/** An app whose one request waits for `answer`. */
function slowApp() {
  const arrived = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const app = (_request: IncomingMessage, response: ServerResponse): void => {
    arrived.resolve();
    void answer.promise.then(() => response.end('done'));
  };
  return { app, arrived: arrived.promise, answer: answer.resolve };
}

describe('stopping the server', () => {
  it('lets the request in progress finish, and takes no new one', async () => {
    const { app, arrived, answer } = slowApp();
    const server = await startServer(app, LOCAL);
    const inProgress = visit(server.port, '/');
    await arrived;
    const closed = server.close();
    await assert.rejects(visit(server.port, '/'), { code: 'ECONNREFUSED' });
    answer();
    assert.equal((await inProgress).body, 'done');
    await closed;
  });

  it('does not wait for connections that ask for nothing', async () => {
    const server = await startServer((_request, response) => response.end(), LOCAL);
    const idle = connect(server.port, '127.0.0.1');
    await once(idle, 'connect');
    idle.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(idle, 'data');
    const ended = once(idle, 'close');
    await server.close();
    await ended;
  });

  it('cuts what is not done in time', async () => {
    const { app, arrived } = slowApp();
    const server = await startServer(app, LOCAL);
    const inProgress = visit(server.port, '/');
    const cut = assert.rejects(inProgress, { code: 'ECONNRESET' });
    await arrived;
    await server.close(1);
    await cut;
  });
});

describe('starting the server', () => {
  it('fails when the port is taken', async () => {
    const first = await startServer((_request, response) => response.end(), LOCAL);
    await assert.rejects(
      startServer(() => {}, { ...LOCAL, port: first.port }),
      {
        code: 'EADDRINUSE',
      },
    );
    await first.close();
  });
});
