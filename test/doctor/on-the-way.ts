import assert from 'node:assert/strict';
import { request } from 'node:http';
import { createServer } from 'node:https';
import { connect } from 'node:net';
import { certify } from '../support/certificate.ts';
import { serveLocally } from '../support/local-server.ts';
import type { Practice } from './practice.ts';

/** Chat, seen through a box that inspects TLS. */
export async function inspected({ google }: Practice) {
  const { ca, server } = certify('Inspecting Box Inc.');
  const { port } = new URL(google.url);
  const box = createServer(server, (incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const passed = request({ port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(passed);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => box.once('listening', resolve));
  const address = box.address();
  assert.ok(address !== null && typeof address === 'object');
  return {
    ca,
    url: `https://localhost:${address.port}`,
    stop: () => {
      box.close();
      box.closeAllConnections();
    },
  };
}

/** A proxy that CONNECTs to `localhost`, and answers everything else with 403. */
export async function proxy(allows: boolean) {
  const local = await serveLocally((_request, response) => response.writeHead(403).end());
  const asked: string[] = [];
  local.server.on('connect', ({ url = '' }, socket) => {
    asked.push(url);
    if (!allows) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const [host = '', port] = url.split(':');
    const upstream = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [upstream, socket]) end.on('error', () => upstream.destroy());
  });
  return { ...local, asked };
}
