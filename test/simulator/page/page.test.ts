import assert from 'node:assert/strict';
import { request } from 'node:http';
import { extname } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createTown, startPage, type Town } from './town.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

let town: Town;
let page: Awaited<ReturnType<typeof startPage>>;
before(async () => {
  town = createTown();
  page = await startPage(town);
});
after(() => page[Symbol.asyncDispose]());

describe('the page', () => {
  for (const path of ['/', '/side-by-side']) {
    it(`${path}, its scripts and styles are served, with a policy that lets nothing else in`, async () => {
      const response = await fetch(page.url + path);
      const html = await response.text();
      assert.match(html, /This is a simulator/);
      assert.match(
        response.headers.get('content-security-policy') ?? '',
        /default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'.*; frame-ancestors 'self'$/,
      );
      const linked = [...html.matchAll(/(?:href|src)="(\/[\w-]+\/assets\/[^"]+)"/g)];
      const assets = linked.map(([, path = '']) => path);
      assert.deepEqual(new Set(assets.map((path) => extname(path))), new Set(Object.keys(TYPES)));
      for (const path of assets) {
        const asset = await fetch(page.url + path);
        assert.equal(asset.status, 200, path);
        assert.equal(asset.headers.get('content-type')?.split(';')[0], TYPES[extname(path)], path);
        await asset.body?.cancel();
      }
    });
  }

  it('is only for this machine’s own names', async () => {
    const status = await new Promise((resolve, reject) => {
      request(page.url, { headers: { host: 'rebound.evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    assert.equal(status, 421);
  });
});

describe('what people do on the page', () => {
  it('happens in the world', async () => {
    const { world, ana, bruno, room, postAsApp, published } = town;
    const already = published.length;
    assert.equal(await post('say', { as: ana, space: room, text: '@Postern help' }), 200);
    assert.equal(world.messages(room).at(-1)?.resource.text, '@Postern help');

    const button = { text: 'Go', onClick: { action: { function: 'f' } } };
    const card = { sections: [{ widgets: [{ buttonList: { buttons: [button] } }] }] };
    const { resource } = await postAsApp(room, 'press it', { card });
    const press = { message: resource.name, label: 'Go', nth: 0 };
    assert.equal(await post('press', { as: bruno, ...press }), 200);
    assert.equal(await post('remove-app', { as: ana, space: room }), 200);
    assert.equal(await post('add-app', { as: ana, space: room }), 200);
    assert.equal(await post('open-direct-message', { as: bruno }), 200);
    assert.equal(world.spaces().length, 3);
    assert.deepEqual(published.slice(already).map(typeOf), [
      'MESSAGE',
      'CARD_CLICKED',
      'REMOVED_FROM_SPACE',
      'ADDED_TO_SPACE',
      'ADDED_TO_SPACE',
    ]);
  });

  it('happens to spaces and those in them', async () => {
    const { world, ana, bruno, published } = town;
    const already = published.length;
    const plan = { displayName: 'Lunch', people: [bruno], withApp: true };
    assert.equal(await post('create-space', { as: ana, ...plan }), 200);
    const space = world.spaces().at(-1)?.resource.name;
    const isThere = () => world.space(space ?? '')?.members.includes(bruno);
    assert.equal(await post('remove-person', { as: ana, space, person: bruno }), 200);
    assert.equal(isThere(), false);
    assert.equal(await post('add-person', { as: ana, space, person: bruno }), 200);
    assert.equal(isThere(), true);
    assert.equal(await post('run-quick-command', { as: ana, space, id: 7 }), 200);
    assert.deepEqual(published.slice(already).map(typeOf), ['ADDED_TO_SPACE', 'APP_COMMAND']);
    assert.equal(await post('create-space', { as: ana, ...plan }), 409);
    assert.equal(await post('remove-person', { as: ana, space }), 400);
    assert.equal(await post('run-quick-command', { as: ana, space, id: 8 }), 409);
  });

  it('goes to the thread that they reply in', async () => {
    const { world, ana, room } = town;
    const { resource } = await world.write(ana, room, 'one');
    const reply = { as: ana, space: room, text: 'two', thread: resource.thread.name };
    assert.equal(await post('say', reply), 200);
    assert.equal(world.messages(room).at(-1)?.resource.thread.name, resource.thread.name);
  });

  it('is refused when it is impossible, or makes no sense', async () => {
    const { ana, echo, room, direct, postAsApp } = town;
    assert.equal(await post('say', { as: echo, space: direct, text: 'x' }), 409);
    assert.equal(await post('say', { as: ana, space: room, text: ' ' }), 409);
    assert.equal(await post('say', { as: ana, space: room }), 400);
    const { resource } = await postAsApp(room, 'without a button');
    const press = { as: ana, message: resource.name, label: 'Go' };
    assert.equal(await post('press', { ...press, nth: 0 }), 409);
    assert.equal(await post('press', { ...press, nth: -1 }), 400);
  });

  for (const headers of [
    {},
    { Origin: 'http://evil.example' },
    { Origin: 'null' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site', Origin: 'http://127.0.0.1:1' },
  ]) {
    it(`is refused from elsewhere (${JSON.stringify(headers)})`, async () => {
      const { ana, room, world } = town;
      const before = world.messages(room).length;
      assert.equal(await post('say', { as: ana, space: room, text: 'x' }, headers), 403);
      assert.equal(world.messages(room).length, before);
    });
  }

  async function post(
    deed: string,
    input: object,
    headers: Readonly<Record<string, string>> = { Origin: page.url },
  ): Promise<number> {
    const response = await fetch(`${page.url}/page/${deed}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(input),
    });
    await response.body?.cancel();
    return response.status;
  }
});

describe('a view', () => {
  it('is what somebody sees, once', async () => {
    const response = await fetch(`${page.url}/page/view?as=${town.bruno}`);
    assert.partialDeepStrictEqual(await response.json(), { me: town.bruno });
    assert.equal(response.headers.get('cache-control'), 'no-store');
  });
});

describe('the stream', () => {
  it('tells at once what somebody sees, and again after every change', async () => {
    const { world, ana, bruno, room } = town;
    const events = await watch(bruno);
    assert.match(await events.next(), new RegExp(`"me":"${bruno}"`));
    await world.write(ana, room, 'the news');
    assert.match(await events.next(), /the news/);
    await events.stop();
  });

  it('tells changes that come together once', async () => {
    const { world, ana, room } = town;
    const events = await watch(ana);
    await events.next();
    await Promise.all(['one', 'two', 'the last'].map((text) => world.write(ana, room, text)));
    assert.match(await events.next(), /the last/);
    await events.stop();
  });

  async function watch(as: string) {
    const response = await fetch(`${page.url}/page/stream?as=${as}`);
    assert.equal(response.headers.get('content-type'), 'text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    assert.ok(reader);
    let waiting = '';
    return {
      async next(): Promise<string> {
        while (!waiting.includes('\n\n')) {
          const { value, done } = await reader.read();
          assert.ok(!done, 'the stream has ended');
          waiting += value;
        }
        const end = waiting.indexOf('\n\n');
        const event = waiting.slice(0, end);
        waiting = waiting.slice(end + 2);
        return event;
      },
      stop: () => reader.cancel(),
    };
  }
});

function typeOf(event: unknown): unknown {
  return typeof event === 'object' && event !== null && 'type' in event ? event.type : undefined;
}
