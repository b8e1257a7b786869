import assert from 'node:assert/strict';
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Laptop, startLaptop } from './laptop.ts';
import { type LaptopChat, openLaptopChat } from './laptop-chat.ts';
import { cardText, isPost } from './messages.ts';

const project = join(import.meta.dirname, '../..');

describe('npm start, for who writes commands', () => {
  let copy: string;
  let laptop: Laptop;
  let chat: LaptopChat;
  before(async () => {
    copy = mkdtempSync(join(tmpdir(), 'postern-copy-'));
    for (const part of ['src', 'simulator', 'package.json']) {
      cpSync(join(project, part), join(copy, part), { recursive: true });
    }
    symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
    laptop = await startLaptop({ root: copy });
    chat = openLaptopChat(laptop);
  });
  after(async () => {
    await laptop.end();
    rmSync(copy, { recursive: true });
  });

  const HELP = 'src/subscriber/commands/help.ts';
  const ENGLISH = 'src/lib/words/en.ts';
  /** @returns what the file was before */
  const change = (file: string, how: (before: string) => string): string => {
    const path = join(copy, file);
    const before = readFileSync(path, 'utf8');
    assert.notEqual(how(before), before);
    writeFileSync(path, how(before));
    return before;
  };
  const printed = () => laptop.output.length;
  /** What was printed since then, as soon as all of this was. */
  const prints = (from: number, ...patterns: RegExp[]) =>
    chat.until(patterns.join(), () => {
      const lines = laptop.output.slice(from);
      return patterns.every((one) => lines.some((line) => one.test(line))) ? lines : undefined;
    });
  const posted = (text: string) =>
    chat.until(text, () =>
      chat.messages().find((message) => isPost(message) && message.resource.text === text),
    );

  let link: string;

  it('has a conversation, with a question that waits for its answer', async () => {
    await chat.say('@Postern before the change');
    link = await chat.link();
  });

  it('renews the subscriber alone when a command changes, and stops it gently', async () => {
    const from = printed();
    change(HELP, (before) => before.replace('words.help.title', '`What I *now* do`'));
    const lines = await prints(from, /subscriber +subscriber started/);
    assert.deepEqual(
      lines.filter((line) => line.includes('has changed')),
      [`${HELP} has changed: subscriber starts anew …`],
    );
    assert.ok(lines.some((line) => /^subscriber +subscriber stopped/.test(line)));
    assert.ok(!lines.some((line) => line.startsWith('oauth-web')));
  });

  it('answers with the new text', async () => {
    await chat.say('@Postern help');
    await chat.until('the new title', () =>
      chat.messages().find((message) => cardText(message).includes('What I *now* do')),
    );
  });

  it('renews both when what they share changes', async () => {
    const from = printed();
    change(ENGLISH, (before) => `${before}\n// Nothing new.\n`);
    await prints(
      from,
      /subscriber and oauth-web start anew/,
      /oauth-web +oauth-web started/,
      /subscriber +subscriber started/,
    );
  });

  it('has kept the conversation, and the question: the consent comes after all that', async () => {
    assert.ok(chat.messages().some(({ resource }) => resource.text?.includes('before the change')));
    assert.equal(await chat.link(), link);
    await chat.consent(link);
    await posted('before the change');
  });

  it('says what is wrong with a broken edit, and goes on when it is mended', async () => {
    const from = printed();
    const whole = change(HELP, (before) => `${before}\nconst = ;\n`);
    await prints(
      from,
      /SyntaxError/,
      /^subscriber has ended \(1\)\. It starts again with the next/,
    );
    await chat.say('@Postern while it is broken');

    const broken = printed();
    change(HELP, () => whole);
    await prints(broken, /subscriber +subscriber started/);
    await posted('while it is broken');
  });

  it('does the same for a file that was away', async () => {
    const from = printed();
    const whole = readFileSync(join(copy, HELP), 'utf8');
    unlinkSync(join(copy, HELP));
    await prints(from, /^subscriber has ended/);
    const gone = printed();
    writeFileSync(join(copy, HELP), whole);
    await prints(gone, /subscriber +subscriber started/);
  });

  it('leaves the subscriber alone when somebody has stopped it', async () => {
    const from = printed();
    assert.equal((await chat.post('/weather/subscriber', { order: 'stop' })).status, 200);
    await prints(from, /subscriber +subscriber stopped/);
    change(ENGLISH, (before) => `${before}\n// Nor here.\n`);
    await prints(from, /oauth-web +oauth-web started/);
    assert.equal((await chat.weather()).subscriber.state, 'down');

    await chat.post('/weather/clear');
    await prints(from, /subscriber +subscriber started/);
  });

  it('still stops cleanly', async () => {
    assert.equal(await laptop.stop(), 0);
    assert.match(laptop.output.slice(-4).join('\n'), /subscriber stopped/);
  });
});
