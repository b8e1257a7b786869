import type { Lab } from '../lab.ts';
import { measureConsent } from './consent.ts';
import { measureDelay } from './delay.ts';
import { measureOverEmulator } from './emulator.ts';
import { measureFlood } from './flood.ts';
import { measureInstruments } from './instruments.ts';
import { measureMemory } from './memory.ts';
import { measureQuota } from './quota.ts';
import { measureRecovery } from './recovery.ts';
import type { Row } from './row.ts';
import { measureScaling } from './scaling.ts';
import { measureStart } from './start.ts';
import { measureThroughput } from './throughput.ts';
import { measureTimeline } from './timeline.ts';

/** What can be measured, in the order of the table. */
export const FIGURES: Readonly<Record<string, (lab: Lab) => Promise<Row[]>>> = {
  delay: measureDelay,
  timeline: measureTimeline,
  throughput: (lab) => measureThroughput(lab),
  quota: measureQuota,
  flood: measureFlood,
  start: measureStart,
  memory: measureMemory,
  scaling: measureScaling,
  consent: measureConsent,
  recovery: measureRecovery,
  emulator: measureOverEmulator,
  instruments: measureInstruments,
};
