import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decideClock } from '../../src/doctor/network/clock.ts';
import type { Connection } from '../../src/doctor/network/connect.ts';
import { decideEgress } from '../../src/doctor/network/egress.ts';
import { decideProxies, proxyFor, readProxies } from '../../src/doctor/network/proxies.ts';
import { decideChat, decideOthers } from '../../src/doctor/pubsub/publishers.ts';
import { refused } from '../../src/doctor/pubsub/refusals.ts';
import { decideOwnRights, decideWebRights } from '../../src/doctor/pubsub/web-rights.ts';
import { CHAT_PUBLISHER, member } from '../../src/lib/project/accounts.ts';
import { PUBLISHER_ROLE } from '../../src/lib/project/blueprint.ts';

describe('a host of Google’s', () => {
  const destination = {
    url: new URL('https://pubsub.googleapis.com'),
    over: 'grpc',
    what: 'Pub/Sub',
    variable: 'PUBSUB_EMULATOR_HOST',
    byBrowsers: false,
  } as const;
  const met: Connection = {
    kind: 'connected',
    trusted: true,
    issuer: 'Google Trust Services',
    http2: true,
    serverTime: undefined,
  };
  const decide = (asPostern: Connection, proxy?: URL, direct?: Connection) =>
    decideEgress(destination, { proxy, asPostern, direct });
  const proxy = new URL('http://ada:secret@proxy.example.com:3128');

  it('is reached', () => {
    assert.deepEqual(decide(met), {
      status: 'ok',
      found: 'pubsub.googleapis.com (Pub/Sub) is reached',
    });
  });

  it('is reached through a proxy, whose password isn’t told', () => {
    const { found } = decide(met, proxy);
    assert.match(found, /through the proxy proxy\.example\.com:3128/);
    assert.doesNotMatch(found, /secret|ada/);
  });

  it('whose certificate is by somebody else is inspected, and that is told where it is trusted', () => {
    const finding = decide({ ...met, issuer: 'Box Inc.' });
    assert.equal(finding.status, 'ok');
    assert.match(finding.found, /its TLS is inspected by “Box Inc\.”/);
  });

  it('without HTTP/2 is of no use to gRPC', () => {
    const finding = decide({ ...met, http2: false });
    assert.equal(finding.status, 'failed');
    assert.match(finding.found, /takes HTTP\/2 away/);
  });

  it('that neither the proxy nor anybody reaches is the proxy’s to open', () => {
    const no: Connection = { kind: 'failed', at: 'proxy', reason: 'HTTP 407' };
    const finding = decide(no, proxy, { kind: 'failed', at: 'network', reason: 'timeout' });
    assert.equal(finding.status, 'failed');
    assert.match(
      finding.remedy,
      /allow CONNECT to pubsub\.googleapis\.com:443, and check its address and password/,
    );
  });

  it('that only browsers need is no failure', () => {
    const no: Connection = { kind: 'failed', at: 'network', reason: 'timeout' };
    const ways = { proxy: undefined, asPostern: no, direct: undefined };
    assert.equal(decideEgress({ ...destination, byBrowsers: true }, ways).status, 'unknown');
  });
});

describe('proxies', () => {
  const url = 'http://proxy.example.com:3128';
  for (const { name, environment, status } of [
    { name: 'none', environment: {}, status: 'ok' },
    { name: 'https_proxy', environment: { https_proxy: url }, status: 'ok' },
    { name: 'both spellings', environment: { https_proxy: url, HTTPS_PROXY: url }, status: 'ok' },
    { name: 'HTTPS_PROXY', environment: { HTTPS_PROXY: url }, status: 'failed' },
    { name: 'ALL_PROXY', environment: { ALL_PROXY: url }, status: 'failed' },
    { name: 'http_proxy alone', environment: { http_proxy: url }, status: 'failed' },
    { name: 'a SOCKS proxy', environment: { https_proxy: 'socks5://p:1080' }, status: 'failed' },
  ]) {
    it(`of ${name} are ${status}`, () => {
      assert.equal(decideProxies(environment).status, status);
    });
  }

  it('are not on the way to what no_proxy names', () => {
    const proxies = readProxies({ https_proxy: url, no_proxy: '.googleapis.com, localhost' });
    assert.equal(proxyFor(proxies, 'chat.googleapis.com', 'https'), undefined);
    assert.equal(proxyFor(proxies, 'localhost', 'grpc'), undefined);
    assert.equal(proxyFor(proxies, 'accounts.google.com', 'https')?.href, `${url}/`);
  });
});

describe('who may publish', () => {
  const account = 'postern@my-project.iam.gserviceaccount.com';
  const addOn = member('service-1@gcp-sa-gsuiteaddons.iam.gserviceaccount.com');
  const publishers = (...members: string[]) => ({
    topic: 'projects/my-project/topics/postern',
    project: 'my-project',
    account,
    bindings: [{ role: PUBLISHER_ROLE, members }],
  });

  it('is Chat, by either of its accounts', () => {
    for (const chat of [member(CHAT_PUBLISHER), addOn]) {
      assert.equal(decideChat(publishers(chat)).status, 'ok');
    }
  });

  it('is not Chat as a person, or in another role', () => {
    assert.equal(decideChat(publishers(`user:${CHAT_PUBLISHER}`)).status, 'failed');
    const viewer = [{ role: 'roles/pubsub.viewer', members: [member(CHAT_PUBLISHER)] }];
    assert.equal(decideChat({ ...publishers(), bindings: viewer }).status, 'failed');
  });

  it('is the subscriber, too, whoever looks', () => {
    const subscriber = member('postern-subscriber@my-project.iam.gserviceaccount.com');
    const known = publishers(member(CHAT_PUBLISHER), member(account), subscriber);
    assert.equal(decideOthers(known).status, 'ok');
  });

  for (const broad of [
    'allUsers',
    'allAuthenticatedUsers',
    'domain:example.com',
    'group:all@example.com',
  ]) {
    it(`must not be ${broad}`, () => {
      const finding = decideOthers(publishers(broad));
      assert.equal(finding.status, 'failed');
      assert.ok(finding.remedy.includes(`--member=${broad}`));
    });
  }

  it('may be somebody whom only their owner knows', () => {
    const finding = decideOthers(publishers(member('ci@my-project.iam.gserviceaccount.com')));
    assert.equal(finding.status, 'unknown');
  });
});

describe('the account of oauth-web', () => {
  const topic = { kind: 'topics', name: 'projects/my-project/topics/postern' } as const;
  const subscription = {
    kind: 'subscriptions',
    name: 'projects/my-project/subscriptions/postern',
  } as const;
  const given = <T>(value: T) => ({ kind: 'answer', value }) as const;
  const us = { project: 'my-project', account: 'web@my-project.iam.gserviceaccount.com' };

  it('may neither publish nor consume', () => {
    const places = [
      { ...topic, answer: given(false) },
      { ...subscription, answer: given(false) },
    ];
    assert.equal(decideOwnRights(us, places).status, 'ok');
  });

  it('is told what it may, and how that is taken away, also where it has it by the project', () => {
    const finding = decideOwnRights(us, [
      { ...topic, answer: given(true) },
      { ...subscription, answer: given(true) },
    ]);
    assert.equal(finding.status, 'failed');
    assert.match(
      finding.found,
      /publish on projects\/my-project\/topics\/postern and consume projects\/my-project\/subscriptions\/postern/,
    );
    const [, ...lines] = finding.remedy.split('\n');
    assert.deepEqual(
      lines.map((line) => line.replace(/^.*gcloud /, '').replace(/ --.*$/, '')),
      [
        'pubsub topics remove-iam-policy-binding postern',
        'pubsub subscriptions remove-iam-policy-binding postern',
        'projects get-iam-policy my-project',
      ],
    );
    assert.ok(finding.remedy.includes(`bindings.members:${us.account}`));
  });

  it('need not reach Pub/Sub', () => {
    const answer = { kind: 'no-answer', code: undefined } as const;
    assert.equal(decideOwnRights(us, [{ ...topic, answer }]).status, 'unknown');
  });

  it('can’t be looked at by who may not see policies, who is told the line', () => {
    const places = [{ ...topic, answer: { kind: 'denied' } as const }];
    const finding = decideWebRights('my-project', places);
    assert.equal(finding.status, 'unknown');
    assert.match(
      finding.remedy ?? '',
      /gcloud pubsub topics get-iam-policy postern --project=my-project/,
    );
  });

  it('isn’t taken for one with no right where nothing was there to look at', () => {
    const places = [{ ...topic, answer: { kind: 'not-found' } as const }];
    assert.equal(decideWebRights('my-project', places).status, 'skipped');
  });
});

describe('what an account may not see', () => {
  it('is no failure, but told with how to see it', () => {
    const finding = refused(
      { kind: 'denied' },
      'the topic',
      'gcloud pubsub topics describe postern',
    );
    assert.equal(finding.status, 'unknown');
    assert.match(finding.remedy ?? '', /gcloud pubsub topics describe postern/);
  });

  it('is no failure on an emulator', () => {
    assert.equal(refused({ kind: 'unimplemented' }, 'the topic', '').status, 'unknown');
  });
});

describe('the clock', () => {
  it('may be half a minute off, either way', () => {
    for (const ms of [0, 30_000, -30_000]) assert.equal(decideClock(ms).status, 'ok');
    for (const ms of [30_001, -30_001]) assert.equal(decideClock(ms).status, 'failed');
    assert.equal(decideClock(undefined).status, 'unknown');
  });
});
