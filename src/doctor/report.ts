import type { Result } from './finding.ts';

/** What an area's check has found. */
export interface Section {
  title: string;
  results: readonly Result[];
}

const MARKS: Readonly<Record<Result['status'], string>> = {
  ok: '✓',
  failed: '✗',
  skipped: '–',
  unknown: '?',
};

/** A section for people: a line for each finding, and below it what to do. */
export function sectionLines({ title, results }: Section): string[] {
  const lines = results.flatMap((result) => [
    `  ${MARKS[result.status]} ${result.found}`,
    ...remedyLines(result),
  ]);
  return [title, ...lines];
}

function remedyLines(result: Result): string[] {
  if (!('remedy' in result) || result.remedy === undefined) return [];
  const [first = '', ...rest] = result.remedy.split('\n');
  return [`      → ${first}`, ...rest.map((line) => `        ${line}`)];
}

/** `2 failed, 14 ok, 1 skipped, 3 unknown.` */
export function summary(sections: readonly Section[]): string {
  const results = sections.flatMap((section) => section.results);
  const counts = (['failed', 'ok', 'skipped', 'unknown'] as const).map(
    (status) => `${results.filter((result) => result.status === status).length} ${status}`,
  );
  return `${counts.join(', ')}.`;
}

/** The same for programs. */
export function toJson(sections: readonly Section[]): object {
  return {
    ok: isWell(sections),
    checks: sections.flatMap(({ title, results }) =>
      results.map((result) => ({ area: title, ...result })),
    ),
  };
}

/** Whether nothing has failed. What can't be told from here is no failure. */
export function isWell(sections: readonly Section[]): boolean {
  return sections.every(({ results }) => results.every(({ status }) => status !== 'failed'));
}
