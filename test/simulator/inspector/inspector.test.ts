import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { loadCredentials } from '../../../simulator/credentials.ts';
import { type Google, startGoogle } from '../../../simulator/google.ts';
import { noSnapshot } from '../../../simulator/snapshot.ts';

describe('the inspector’s server', () => {
  let google: Google;
  let message: string;
  before(async () => {
    google = await startGoogle({
      project: 'p',
      credentials: loadCredentials('p', noSnapshot()),
      redirectUri: 'http://127.0.0.1:1/oauth2',
      snapshot: noSnapshot,
      dialect: () => 'add-on',
    });
    const [ana] = google.world.people;
    const [room] = google.world.spaces();
    await google.world.write(`users/${ana?.id}`, room?.resource.name ?? '', '@Postern Hello!');
    const [entry] = published();
    message = entry?.message ?? assert.fail('nothing was published');
  });
  after(() => google.stop());

  const published = () =>
    google.observatory.journal.entries().filter((entry) => entry.kind === 'published');
  const publishAgain = (id: string, headers: Record<string, string> = { Origin: google.url }) =>
    fetch(`${google.url}/inspector/publish-again`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ message: id }),
    });

  it('saves the event as it was published, but for Chat’s secret, under a name that tells what it is', async () => {
    const response = await fetch(`${google.url}/inspector/fixtures/${message}`);
    assert.equal(
      response.headers.get('content-disposition'),
      'attachment; filename=message-hello.add-on.json',
    );
    const saved: unknown = JSON.parse(await response.text());
    const kept = google.observatory.message(message)?.published.data.toString('utf8') ?? '';
    const secret = /simulated-secret-[\w-]+/.exec(kept)?.[0] ?? assert.fail('no secret in it');
    assert.ok(!JSON.stringify(saved).includes(secret));
    const masked = JSON.stringify(saved).replace(/\?…\(masked, [0-9a-f]{4}\)/, `?token=${secret}`);
    assert.equal(masked, kept);
  });

  it('publishes the very same data again', async () => {
    const count = published().length;
    assert.equal((await publishAgain(message)).status, 200);
    const again = published().at(-1);
    assert.equal(published().length, count + 1);
    const [one, other] = [message, again?.message ?? ''].map((id) =>
      google.observatory.message(id),
    );
    assert.deepEqual(one?.published.data, other?.published.data);
    assert.equal(one?.request, other?.request);
  });

  it('delivers a notification again rather than publish it: to publish it twice means two', async () => {
    const { topic, subscription } = google.notifications;
    const id = google.pubsub.publish(topic, Buffer.from('{"text":"Done"}'));
    const { waiting } = google.pubsub.backlog(subscription);
    const count = published().length;
    assert.equal((await publishAgain(id)).status, 200);
    assert.equal(google.pubsub.backlog(subscription).waiting, waiting + 1);
    assert.equal(published().length, count);
  });

  it('does nothing for another site’s page', async () => {
    const count = published().length;
    assert.equal((await publishAgain(message, { Origin: 'https://evil.example' })).status, 403);
    assert.equal(
      (await publishAgain(message, { 'Sec-Fetch-Site': 'cross-site', Origin: google.url })).status,
      403,
    );
    assert.equal(published().length, count);
  });

  it('says so when it does not remember a message', async () => {
    assert.equal((await publishAgain('1')).status, 404);
    assert.equal((await fetch(`${google.url}/inspector/fixtures/1`)).status, 404);
  });

  it('has a page that lets in nothing from elsewhere', async () => {
    const response = await fetch(`${google.url}/inspector`);
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.match(await response.text(), /This is a simulator/);
  });

  it('knows an event in both of Chat’s dialects', () => {
    const { dialects } = published()[0] ?? {};
    assert.deepEqual([dialects?.classic.length, dialects?.['add-on'].length], [1, 1]);
  });
});
