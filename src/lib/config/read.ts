import { ConfigError, type Problem } from './problem.ts';
import { VARIABLES, type Values, type VariableName } from './variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What one variable holds, or the problems with it. An empty one counts as left out. */
export type Reading<T> =
  | { readonly value: T; readonly problems: readonly [] }
  | { readonly value: undefined; readonly problems: readonly Problem[] };

export function readVariable<N extends VariableName>(
  environment: Environment,
  name: N,
): Reading<Values[N]> {
  const text = environment[name] === '' ? undefined : environment[name];
  const parsed = VARIABLES[name].schema.safeParse(text);
  if (parsed.success) return good(parsed.data);
  return bad(name, parsed.error.issues.map((issue) => issue.message).join('; '));
}

export function good<T>(value: T): Reading<T> {
  return { value, problems: [] };
}

export function bad(variable: VariableName, problem: string): Reading<never> {
  const { remedy } = VARIABLES[variable];
  return { value: undefined, problems: [{ variable, problem, remedy }] };
}

type Readings<T> = { readonly [key in keyof T]: Reading<T[key]> };

/** All the values. @throws ConfigError with every problem of all the readings */
export function allOf<T extends object>(readings: Readings<T>): T {
  const entries = Object.entries<Reading<unknown>>(readings);
  const problems = entries.flatMap(([, reading]) => reading.problems);
  if (problems.length > 0) throw new ConfigError(problems);
  // Without problems every reading has its value: that is what a Reading is.
  return Object.fromEntries(entries.map(([key, reading]) => [key, reading.value])) as T;
}
