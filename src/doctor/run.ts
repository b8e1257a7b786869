import { GoogleAuth } from 'google-auth-library';
import type { Clock } from '../lib/clock.ts';
import type { ReadText } from '../lib/config/config.ts';
import type { Environment } from '../lib/config/read.ts';
import { createKms, GOOGLE_KMS_URL } from '../lib/kms/cloud-kms.ts';
import { printable, printableJson } from '../lib/printable.ts';
import { ask } from '../lib/project/answers.ts';
import { EXIT_USAGE, UsageError } from '../lib/terminal/explain.ts';
import { type Asked, HELP, readArguments } from './arguments.ts';
import type { Check, Scene } from './check.ts';
import { chat } from './checks/chat.ts';
import { configuration } from './checks/configuration.ts';
import { credentials } from './checks/credentials.ts';
import { network } from './checks/network.ts';
import { oauth } from './checks/oauth.ts';
import { pubsub } from './checks/pubsub.ts';
import { store } from './checks/store.ts';
import type { Result } from './finding.ts';
import { isWell, type Section, sectionLines, summary, toJson } from './report.ts';
import { type Process, readSetting, type Setting } from './setting.ts';

export interface DoctorDeps {
  environment: Environment;
  readText: ReadText;
  clock: Clock;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Uniform in [0, 1). */
  random: () => number;
  randomBytes: (size: number) => Buffer;
  /** A line of the answer. */
  out: (line: string) => void;
  /** A line beside it. */
  tell: (line: string) => void;
}

/** In the order in which one thing needs another. */
const CHECKS: readonly { check: Check; for: readonly Process[] }[] = [
  { check: configuration, for: ['subscriber', 'oauth-web'] },
  { check: network, for: ['subscriber', 'oauth-web'] },
  { check: credentials, for: ['subscriber', 'oauth-web'] },
  { check: pubsub, for: ['subscriber', 'oauth-web'] },
  { check: chat, for: ['subscriber'] },
  { check: oauth, for: ['subscriber', 'oauth-web'] },
  { check: store, for: ['subscriber', 'oauth-web'] },
];

/** @returns the exit code: 0 nothing has failed, 1 something has, 64 not understood */
export async function run(args: readonly string[], deps: DoctorDeps): Promise<number> {
  try {
    const asked = readArguments(args);
    if (asked === 'help') deps.out(HELP);
    else return await examine(asked, deps);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    deps.tell(error.message);
    return EXIT_USAGE;
  }
}

async function examine({ json, processes }: Asked, deps: DoctorDeps): Promise<number> {
  const setting = readSetting(deps.environment, deps.readText, processes);
  const project = await findProject(setting);
  const { sleep, random } = deps;
  const kms = createKms({ url: setting.urls.kms ?? GOOGLE_KMS_URL, sleep, random });
  const sections: Section[] = [];
  for (const { check, for: those } of CHECKS) {
    if (!those.some((process) => processes.includes(process))) continue;
    const before = sections.flatMap(({ results }) => results);
    const section = await sectionOf(check, { ...deps, setting, project, kms, before });
    sections.push(section);
    if (!json) for (const line of [...sectionLines(section), '']) deps.out(line);
  }
  deps.out(json ? printableJson(toJson(sections)) : summary(sections));
  return isWell(sections) ? 0 : 1;
}

/** What others wrote, names in a policy for example, is printed without what a terminal would obey. */
async function sectionOf(check: Check, scene: Scene): Promise<Section> {
  const results = await check.look(scene);
  return { title: check.title, results: results.map(safe) };
}

function safe(result: Result): Result {
  const found = printable(result.found);
  if (!('remedy' in result) || result.remedy === undefined) return { ...result, found };
  const remedy = result.remedy.split('\n').map(printable).join('\n');
  return { ...result, found, remedy };
}

async function findProject({ project }: Setting): Promise<string | undefined> {
  if (project !== undefined) return project;
  const answer = await ask(() => new GoogleAuth().getProjectId());
  return answer.kind === 'answer' ? answer.value : undefined;
}
