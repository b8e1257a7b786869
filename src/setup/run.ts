import type { Clock } from '../lib/clock.ts';
import type { Environment } from '../lib/config/read.ts';
import { printable } from '../lib/printable.ts';
import { type Blueprint, blueprint } from '../lib/project/blueprint.ts';
import type { GoogleApi } from '../lib/project/google-api.ts';
import { EXIT_USAGE, UsageError } from '../lib/terminal/explain.ts';
import { type Asked, HELP, readArguments } from './arguments.ts';
import { checklist } from './checklist.ts';
import type { PubSubAdmin } from './stages/pubsub-admin.ts';
import { stagesFor } from './stages.ts';
import { SetupError, type Stage, type Step } from './step.ts';

export interface SetupDeps {
  environment: Environment;
  api: GoogleApi;
  openPubSub: (project: string) => PubSubAdmin;
  clock: Clock;
  sleep: (ms: number) => Promise<void>;
  out: (line: string) => void;
  tell: (line: string) => void;
}

/** @returns the exit code: 0 done, 1 something could not be done, 64 not understood */
export async function run(args: readonly string[], deps: SetupDeps): Promise<number> {
  try {
    const asked = readArguments(args);
    if (asked === 'help') deps.out(HELP);
    else return await setUp(asked, deps);
    return 0;
  } catch (error) {
    if (error instanceof SetupError) {
      deps.tell(`✗ ${printable(error.message)}`);
      return 1;
    }
    if (!(error instanceof UsageError)) throw error;
    deps.tell(error.message);
    return EXIT_USAGE;
  }
}

async function setUp(asked: Asked, deps: SetupDeps): Promise<number> {
  const plan = blueprint({
    ...asked,
    isEmulated: Boolean(deps.environment['PUBSUB_EMULATOR_HOST']),
  });
  const admin = deps.openPubSub(plan.project);
  try {
    const stages = stagesFor(plan, { ...deps, admin, location: asked.location });
    return await carryOut(stages, plan, asked, deps);
  } finally {
    await admin.close();
  }
}

/** The whole plan first. Then one stage after the other: what a later one needs, an earlier one may have made. */
async function carryOut(
  stages: readonly Stage[],
  plan: Blueprint,
  { planOnly, redirectUri }: Asked,
  deps: SetupDeps,
): Promise<number> {
  const { out } = deps;
  out(`The project ${plan.project}, as it is:`);
  const planned = await tellPlan(stages, out);
  out('');
  out(isDone(planned) ? 'Nothing to make or change.' : `To do: ${counted(planned)}.`);
  let steps = planned;
  if (!planOnly) {
    if (!isDone(planned)) steps = await apply(stages, out);
    out('');
    out('What Google has no API for, to be done by hand, once:');
    for (const line of checklist(plan, redirectUri)) out(line);
  }
  return steps.some(({ kind }) => kind === 'blocked') ? 1 : 0;
}

async function tellPlan(stages: readonly Stage[], out: SetupDeps['out']): Promise<Step[]> {
  const all: Step[] = [];
  for (const stage of stages) {
    const steps = await stage.look();
    all.push(...steps);
    out('');
    out(stage.title);
    for (const step of steps) out(`  ${describe(step)}`);
    if (stage.opensOthers === true && !isDone(steps)) {
      out('');
      out(
        'What comes after can’t be seen before that: it is looked at then, and made where it isn’t there.',
      );
      break;
    }
  }
  return all;
}

async function apply(stages: readonly Stage[], out: SetupDeps['out']): Promise<Step[]> {
  out('');
  out('Doing it:');
  const all: Step[] = [];
  for (const stage of stages) {
    const steps = await stage.look();
    all.push(...steps);
    for (const step of steps) {
      if ('apply' in step) await step.apply();
      if ('apply' in step || step.kind === 'blocked') out(`  ${describe(step)}`);
    }
  }
  out(all.some(({ kind }) => kind === 'blocked') ? 'Done, but for what needs you (✗).' : 'Done.');
  return all;
}

const MARKS: Readonly<Record<Step['kind'], string>> = {
  there: '✓',
  create: '+',
  change: '~',
  'left-out': '–',
  blocked: '✗',
};

function describe(step: Step): string {
  const line = `${MARKS[step.kind]} ${printable(step.what)}`;
  if (step.kind === 'left-out') return `${line}: left out, ${step.why}`;
  return step.kind === 'blocked' ? `${line}\n      → ${printable(step.remedy)}` : line;
}

const isDone = (steps: readonly Step[]): boolean => !steps.some((step) => 'apply' in step);

function counted(steps: readonly Step[]): string {
  const count = (kind: Step['kind']): number => steps.filter((step) => step.kind === kind).length;
  return `${count('create')} to make, ${count('change')} to change`;
}
