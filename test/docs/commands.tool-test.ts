import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { documentedCommands } from './markdown.ts';
import { type Place, setPlace } from './place.ts';
import { AT_A_TERMINAL, AT_THE_STORE, type Carried, WITH_POSTERN } from './treatments.ts';

const COMMANDS = documentedCommands();

describe('the commands of the documentation', () => {
  let place: Place;
  before(async () => {
    place = await setPlace();
  });
  after(() => place.stage.end());

  const carryOut = async (command: Carried, variables: Readonly<Record<string, string>>) => {
    const { code, said } = await place.carryOut(command, variables);
    assert.equal(code, command.runs ? 'SIGTERM' : 0, said);
    assert.match(said, command.says);
  };

  describe('work with Postern running', () => {
    for (const command of WITH_POSTERN) {
      it(command.line, () => carryOut(command, place.stage.environment));
    }

    it('publish a notification that is posted', async () => {
      const line = COMMANDS.find((one) => one.line.startsWith('PUBSUB_EMULATOR_HOST='))?.line ?? '';
      await carryOut({ line, says: /^$/ }, place.stage.environment);
      await place.stage.until('the notification', () =>
        place.stage
          .seen(place.stage.ana)
          .find(({ resource }) => resource.text === 'The build is green.'),
      );
    });
  });

  describe('work at a terminal', () => {
    for (const command of AT_A_TERMINAL) it(command.line, () => carryOut(command, place.terminal));
  });

  describe('work at the store', () => {
    before(async () => {
      await place.subscriber.stop(10_000);
      await place.giveUp();
    });
    for (const command of AT_THE_STORE) {
      it(command.line, () => carryOut(command, place.stage.environment));
    }
  });

  describe('are understood by a shell', () => {
    for (const { file, line } of COMMANDS) {
      it(`${file}: ${line.split('\n')[0]}`, async () => {
        await promisify(execFile)('bash', ['-n', '-c', line]);
      });
    }
  });
});
