import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { certify } from '../support/certificate.ts';
import { serveLocally } from '../support/local-server.ts';
import { broken } from './cases.ts';
import { diagnose, openPractice, type Practice } from './practice.ts';

/** Chat, seen through a box that inspects TLS. */
async function inspected({ google }: Practice) {
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
async function proxy(allows: boolean) {
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

describe('the doctor, of what is wrong on the way to Google,', () => {
  let stop = (): void => {};
  broken([
    {
      what: 'a proxy in upper-case variables only',
      break: () => ({ HTTPS_PROXY: 'http://proxy.example.com:3128' }),
      check: 'proxy',
      cause: /only HTTPS_PROXY is set, in upper case: gRPC does not read it/,
      remedy: /https_proxy=http:\/\/.* in lower case/,
    },
    {
      what: 'a proxy that is spoken to over TLS',
      break: () => ({ https_proxy: 'https://proxy.example.com:3128' }),
      check: 'proxy',
      cause: /not an http:\/\/ one/,
      remedy: /with http:\/\//,
    },
    {
      what: 'a proxy for gRPC alone',
      break: () => ({ grpc_proxy: 'http://proxy.example.com:3128', no_proxy: '127.0.0.1' }),
      check: 'proxy',
      cause: /gRPC goes through a proxy, and the calls to Chat and for tokens don’t/,
      remedy: /https_proxy=/,
    },
    {
      what: 'the inspection of TLS by a CA that Node doesn’t know',
      async break(practice) {
        const box = await inspected(practice);
        stop = box.stop;
        return { CHAT_API_URL: box.url, NODE_EXTRA_CA_CERTS: '' };
      },
      mend: () => stop(),
      check: /^reach localhost:/,
      cause: /certificate by “Inspecting Box Inc.”, which isn’t trusted here: TLS is inspected/,
      remedy: /NODE_EXTRA_CA_CERTS/,
    },
    {
      what: 'a proxy that doesn’t let a host through',
      async break(practice) {
        const [box, refusing] = await Promise.all([inspected(practice), proxy(false)]);
        stop = () => {
          box.stop();
          void refusing.close();
        };
        return { CHAT_API_URL: box.url, https_proxy: refusing.url, no_proxy: '127.0.0.1' };
      },
      mend: () => stop(),
      check: /^reach localhost:/,
      cause: /the proxy 127.0.0.1:\d+ doesn’t let through \(HTTP 403\)/,
      remedy: /Without the proxy it is reached: add localhost to no_proxy/,
    },
    {
      what: 'a host that a firewall keeps away',
      break: () => ({ CHAT_API_URL: 'https://chat.postern.invalid' }),
      check: 'reach chat.postern.invalid',
      cause: /chat\.postern\.invalid \(the Chat API\) isn’t reached \(\w+\)/,
      remedy: /Let TCP 443 out to chat\.postern\.invalid, by name/,
    },
    {
      what: 'a host of workload identity federation that a firewall keeps away',
      break({ folder }) {
        const path = join(folder, 'federation.json');
        const content = {
          type: 'external_account',
          audience:
            '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/p',
          subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
          token_url: 'https://sts.postern.invalid/v1/token',
          credential_source: { file: join(folder, 'token') },
        };
        writeFileSync(path, JSON.stringify(content));
        return { GOOGLE_APPLICATION_CREDENTIALS: path };
      },
      check: 'reach sts.postern.invalid',
      also: ['chat'],
      cause: /sts\.postern\.invalid \(workload identity federation\) isn’t reached/,
      remedy: /Let TCP 443 out to sts\.postern\.invalid/,
    },
    {
      what: 'a clock that is an hour fast',
      break: () => ({
        NODE_OPTIONS: '--import ./test/faults/preload/shifted-clock.ts',
        POSTERN_TEST_CLOCK_MS: '3600000',
      }),
      check: 'clock',
      also: ['chat'],
      cause: /clock is 60 minutes ahead: Google refuses what it signs/,
      remedy: /timedatectl set-ntp true/,
    },
    {
      what: 'a clock that is slow',
      break: () => ({
        NODE_OPTIONS: '--import ./test/faults/preload/shifted-clock.ts',
        POSTERN_TEST_CLOCK_MS: '-90000',
      }),
      check: 'clock',
      cause: /clock is \d\d seconds behind/,
      remedy: /NTP/,
    },
  ]);
});

describe('the doctor, behind a box that inspects TLS and a proxy,', () => {
  let practice: Practice;
  let box: Awaited<ReturnType<typeof inspected>>;
  let through: Awaited<ReturnType<typeof proxy>>;
  before(async () => {
    practice = await openPractice();
    [box, through] = await Promise.all([inspected(practice), proxy(true)]);
  });
  after(async () => {
    box.stop();
    await through.close();
    await practice.end();
  });

  it('is content when both are as they should be', async () => {
    const path = join(practice.folder, 'inspecting-ca.pem');
    writeFileSync(path, box.ca);
    const { ok, checks } = await diagnose(practice, {
      CHAT_API_URL: box.url,
      NODE_EXTRA_CA_CERTS: path,
      https_proxy: through.url,
      no_proxy: '127.0.0.1',
    });
    assert.deepEqual(
      checks.filter(({ status }) => status === 'failed'),
      [],
    );
    assert.ok(ok);
    assert.ok(through.asked.length > 1, 'by the network’s check, and by Chat’s');
    const proxied = checks.find(({ check }) => check === 'proxy');
    assert.match(proxied?.found ?? '', /everything goes through the proxy 127\.0\.0\.1:\d+/);
  });
});
