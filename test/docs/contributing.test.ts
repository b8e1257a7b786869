import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { isPost } from '../end-to-end/messages.ts';
import { type Stage, setStage } from '../end-to-end/stage.ts';

const project = join(import.meta.dirname, '../..');
const [file = '', line = ''] = [
  ...readFileSync(join(project, 'CONTRIBUTING.md'), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms),
].map(([, code]) => code);

describe('the command that CONTRIBUTING.md adds', () => {
  let copy: string;
  let stage: Stage;
  before(async () => {
    copy = mkdtempSync(join(tmpdir(), 'postern-copy-'));
    for (const part of ['src', 'package.json', 'tsconfig.json', 'tsconfig.build.json']) {
      cpSync(join(project, part), join(copy, part), { recursive: true });
    }
    symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
    const commands = join(copy, 'src/subscriber/commands');
    writeFileSync(join(commands, 'back.ts'), file);
    appendFileSync(join(commands, 'all.ts'), line);
    stage = await setStage({ dialect: 'classic', root: copy });
    await stage.startSubscriber();
  });
  after(async () => {
    await stage.end();
    rmSync(copy, { recursive: true });
  });

  it('is a file of 20 lines at most, and one line', () => {
    assert.ok(file.trimEnd().split('\n').length <= 20);
    assert.equal(line.trimEnd().split('\n').length, 1);
  });

  it('compiles under the project’s own rules', async () => {
    const compiler = join(project, 'node_modules/typescript/bin/tsc');
    const flags = ['-p', join(copy, 'tsconfig.build.json'), '--noEmit'];
    await promisify(execFile)(process.execPath, [compiler, ...flags], { cwd: copy });
  });

  it('is listed by help', async () => {
    await stage.write(stage.ana, '@Postern help');
    await stage.until('the list', () =>
      stage
        .seen(stage.ana)
        .find(({ resource }) =>
          JSON.stringify(resource.cardsV2 ?? []).includes('back — Tell this room'),
        ),
    );
  });

  it('asks for what it needs, and does it', async () => {
    await stage.write(stage.ana, '@Postern back');
    await stage.consent(await stage.link(stage.ana), stage.ana);
    const posted = await stage.until('the post', () => stage.seen(stage.bruno).find(isPost));
    assert.equal(posted.resource.text, 'I’m back.');
  });
});
