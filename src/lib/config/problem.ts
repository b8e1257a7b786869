import { PosternError } from '../errors.ts';

/** Something wrong with one variable of the environment. Never holds the value: it may be a secret in the wrong place. */
export interface Problem {
  variable: string;
  /** What is wrong with it. */
  problem: string;
  /** What it should be, and how to get there. */
  remedy: string;
}

/** By convention (sysexits.h, EX_CONFIG): restarting can't help. */
export const EXIT_CONFIG = 78;

/** The configuration can't be used; its message is the whole list of problems. */
export class ConfigError extends PosternError {
  readonly code = 'config_invalid';
  readonly retryable = false;
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(report(problems));
    this.problems = problems;
  }
}

function report(problems: readonly Problem[]): string {
  const count = problems.length === 1 ? 'One problem' : `${problems.length} problems`;
  const list = problems.map(
    ({ variable, problem, remedy }) => `  ${variable}: ${problem}\n    → ${remedy}`,
  );
  return [`${count} with the configuration:`, ...list].join('\n');
}
