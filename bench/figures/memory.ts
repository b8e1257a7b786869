import { setTimeout as wait } from 'node:timers/promises';
import { type Contestant, start } from '../contestants/contestants.ts';
import type { Lab } from '../lab.ts';
import { allReceived, burst, warm } from '../load.ts';
import { median } from '../stats.ts';
import { mb, type Row } from './row.ts';

const IN_FLIGHT = 1000;
/** How often it is looked at while events come in. */
const LOOKS = 20;
/** The pace of the long run: as fast as 100,000 calls a minute allow. */
const BURST = 1000;

/** What the process holds of the machine's memory, in all that it may have to do. */
export async function measureMemory(lab: Lab): Promise<Row[]> {
  const few = await start(lab, 'postern, sqlite', { environment: { MAX_CONCURRENCY: '1000' } });
  const idle = await settled(lab, few);
  const inFlight = await measureInFlight(lab, few);
  await few.kill();

  const many = await start(lab, 'postern, sqlite', { people: lab.sizes.unusedGrants });
  const withGrants = await settled(lab, many);
  await warm(lab, many);
  const looks = await measureGrowth(lab, many);
  await many.kill();

  const half = looks.slice(looks.length / 2);
  const before = median(half.slice(0, half.length / 2));
  const after = median(half.slice(half.length / 2));
  const growth = after - before;
  return [
    {
      figure: `Memory (RSS): idle; with ${IN_FLIGHT} requests at Chat; idle with ${thousands(lab.sizes.unusedGrants)} grants stored`,
      goal: 'grants cost nothing until used',
      measured: `${mb(idle)}; ${mb(inFlight)}; ${mb(withGrants)}`,
      met: idle !== undefined && withGrants !== undefined && withGrants <= idle * 1.05,
      data: { idle, inFlight, withGrants },
    },
    {
      figure: `Memory (RSS) over ${thousands(lab.sizes.memoryEvents)} events`,
      goal: 'no growth after warm-up',
      measured: `${mb(looks[0])} at first, ${mb(before)} in the third quarter, ${mb(after)} in the last (highest ${mb(Math.max(...looks))})`,
      met: growth <= before * 0.05,
      data: { looks },
    },
  ];
}

/** After one event, and a while of nothing. */
async function settled(lab: Lab, { place, rssMb }: Contestant): Promise<number | undefined> {
  burst(place, 1);
  await allReceived(lab);
  await wait(lab.sizes.pauseMs * 10);
  return rssMb();
}

async function measureInFlight(
  lab: Lab,
  { place, rssMb }: Contestant,
): Promise<number | undefined> {
  lab.chat.delayMs = 3000;
  burst(place, IN_FLIGHT);
  await allReceived(lab);
  const held = rssMb();
  lab.chat.delayMs = 0;
  return held;
}

async function measureGrowth(lab: Lab, { place, rssMb }: Contestant): Promise<number[]> {
  const looks: number[] = [];
  const bursts = Math.max(LOOKS, Math.round(lab.sizes.memoryEvents / BURST));
  for (let nth = 1; nth <= bursts; nth++) {
    burst(place, Math.round(lab.sizes.memoryEvents / bursts));
    await allReceived(lab);
    if (nth % Math.round(bursts / LOOKS) === 0) looks.push(rssMb() ?? Number.NaN);
  }
  return looks;
}

function thousands(count: number): string {
  return count.toLocaleString('en');
}
