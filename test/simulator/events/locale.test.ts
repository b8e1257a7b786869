import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { z } from 'zod';
import { ANA } from '../../../simulator/world/people.ts';
import type { SimulatedPerson } from '../../../simulator/world.ts';
import { ana, newWorld, TOPIC } from '../world/new-world.ts';
import { postCard } from './published.ts';

const { locale: _locale, timeZone: _timeZone, ...unknown } = ANA;

/** The rest is dropped. */
const locale = z.object({
  userLocale: z.string().optional(),
  timeZone: z.object({ id: z.string(), offset: z.number() }).optional(),
});
const wire = z.object({ common: locale.optional(), commonEventObject: locale.optional() });

/** What the events of a message and of a click tell of Ana's language and time zone. */
async function told(
  dialect: 'classic' | 'add-on',
  person: SimulatedPerson,
  now?: number,
): Promise<object[]> {
  const setting = newWorld({ dialect, ...(now === undefined ? {} : { now }) });
  const { world, events, dm } = setting;
  world.setPerson(person);
  await world.write(ana, dm, 'hi');
  await world.press(ana, await postCard(setting, dm, { calls: TOPIC }), 'Approve');
  assert.equal(events.length, 2);
  return events.map((event) => {
    const { common, commonEventObject } = wire.parse(event);
    return common ?? commonEventObject ?? assert.fail();
  });
}

suite('A person’s language and time zone', () => {
  for (const dialect of ['classic', 'add-on'] as const) {
    test(`are absent where Chat doesn’t tell them, in the dialect ${dialect}`, async () => {
      assert.deepEqual(await told(dialect, unknown), [{}, {}]);
      const french = { ...unknown, locale: 'fr' };
      assert.deepEqual(await told(dialect, french), [{ userLocale: 'fr' }, { userLocale: 'fr' }]);
    });

    const zones: [id: string, month: number, hours: number][] = [
      ['Europe/Zurich', 1, 1],
      ['Europe/Zurich', 7, 2],
      ['America/New_York', 1, -5],
      ['America/New_York', 7, -4],
      ['Asia/Kolkata', 7, 5.5],
      ['Australia/Lord_Howe', 1, 11],
      ['Australia/Lord_Howe', 7, 10.5],
      ['America/St_Johns', 1, -3.5],
      ['Etc/UTC', 7, 0],
    ];
    for (const [id, month, hours] of zones) {
      test(`${id} is ${hours} h ahead in month ${month}, in the dialect ${dialect}`, async () => {
        const timeZone = { id, offset: hours * 3_600_000 };
        const now = Date.UTC(2026, month - 1, 15, 12);
        const expected = [{ timeZone }, { timeZone }];
        assert.deepEqual(await told(dialect, { ...unknown, timeZone: id }, now), expected);
      });
    }
  }

  test('have the offset of the moment, on both sides of a change of the clocks', async () => {
    const change = Date.UTC(2026, 9, 25, 1);
    for (const [now, hours] of [
      [change - 1, 2],
      [change, 1],
    ] as const) {
      const [first] = await told('classic', { ...unknown, timeZone: 'Europe/Zurich' }, now);
      assert.partialDeepStrictEqual(first, { timeZone: { offset: hours * 3_600_000 } });
    }
  });
});

suite('A person', () => {
  const carla = {
    id: '110000000000000000001',
    displayName: 'Carla',
    email: 'carla@example.com',
    domain: 'example.com',
    timeZone: 'Asia/Tokyo',
  };

  test('who is added can do what all people can', async () => {
    const { world, events } = newWorld();
    const carlas = `users/${carla.id}`;
    let changes = 0;
    world.onChange(() => (changes += 1));
    world.setPerson(carla);
    assert.equal(changes, 1);
    assert.deepEqual(world.people.at(-1), carla);
    assert.equal(world.user('users/carla@example.com')?.name, carlas);
    const { resource } = await world.openDirectMessage(carlas);
    await world.write(carlas, resource.name, 'hi');
    assert.partialDeepStrictEqual(events.at(-1), {
      type: 'MESSAGE',
      user: { name: carlas, email: carla.email },
      common: { timeZone: { id: 'Asia/Tokyo', offset: 32_400_000 } },
    });
  });

  test('who is changed is still the same one, everywhere', () => {
    const { world, room } = newWorld();
    const { people } = world;
    world.setPerson({ ...ANA, timeZone: 'Asia/Tokyo' });
    assert.deepEqual(
      people.map(({ timeZone }) => timeZone),
      ['Asia/Tokyo', 'America/Sao_Paulo'],
    );
    assert.ok(world.space(room)?.members.includes(ana));
  });
});
