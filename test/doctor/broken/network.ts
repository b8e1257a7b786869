import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspected, proxy } from '../on-the-way.ts';
import type { BrokenSetUp } from './set-up.ts';

let stop = (): void => {};

export const NETWORK: readonly BrokenSetUp[] = [
  {
    what: 'a proxy in upper-case variables only',
    break: () => ({ HTTPS_PROXY: 'http://proxy.example.com:3128' }),
    area: 'Network',
    cause: /only HTTPS_PROXY is set, in upper case: gRPC does not read it/,
    remedy: /https_proxy=http:\/\/.* in lower case/,
  },
  {
    what: 'a proxy that is spoken to over TLS',
    break: () => ({ https_proxy: 'https://proxy.example.com:3128' }),
    area: 'Network',
    cause: /not an http:\/\/ one/,
    remedy: /with http:\/\//,
  },
  {
    what: 'a proxy for gRPC alone',
    break: () => ({ grpc_proxy: 'http://proxy.example.com:3128', no_proxy: '127.0.0.1' }),
    area: 'Network',
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
    area: 'Network',
    cause: /certificate by “Inspecting Box Inc.”, which isn’t trusted here: TLS is inspected/,
    remedy: /NODE_EXTRA_CA_CERTS/,
    skips: [/^needs localhost:\d+, see above$/],
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
    area: 'Network',
    cause: /the proxy 127.0.0.1:\d+ doesn’t let through \(HTTP 403\)/,
    remedy: /Without the proxy it is reached: add localhost to no_proxy/,
    skips: [/^needs localhost:\d+, see above$/],
  },
  {
    what: 'a host that a firewall keeps away',
    break: () => ({ CHAT_API_URL: 'https://chat.postern.invalid' }),
    area: 'Network',
    cause: /chat\.postern\.invalid \(the Chat API\) isn’t reached \(\w+\)/,
    remedy: /Let TCP 443 out to chat\.postern\.invalid, by name/,
    skips: [/^needs chat\.postern\.invalid, see above$/],
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
    area: 'Network',
    cause: /sts\.postern\.invalid \(workload identity federation\) isn’t reached/,
    remedy: /Let TCP 443 out to sts\.postern\.invalid/,
    skips: [/^needs sts\.postern\.invalid, see above$/],
    // Which of the publishers is the subscriber’s is known by its credentials.
    unknown: [/^these may publish on the topic, too, .*: serviceAccount:postern@/],
  },
  {
    what: 'a clock that is an hour fast',
    break: () => ({
      NODE_OPTIONS: '--import ./test/faults/preload/shifted-clock.ts',
      POSTERN_TEST_CLOCK_MS: '3600000',
    }),
    area: 'Network',
    cause: /clock is 60 minutes ahead: Google refuses what it signs/,
    remedy: /timedatectl set-ntp true/,
    also: [/Chat does not accept this account’s token/],
  },
  {
    what: 'a clock that is slow',
    break: () => ({
      NODE_OPTIONS: '--import ./test/faults/preload/shifted-clock.ts',
      POSTERN_TEST_CLOCK_MS: '-90000',
    }),
    area: 'Network',
    cause: /clock is \d\d seconds behind/,
    remedy: /NTP/,
  },
];
