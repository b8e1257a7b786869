/** A line of the report for people, and what to do, which stands below it. */
export interface Line {
  area: string;
  mark: string;
  found: string;
  /** Empty where there is none. Several lines are kept apart. */
  remedy: string;
}

/** What the doctor printed for people. */
export function readReport(out: string): Line[] {
  const lines: Line[] = [];
  let area = '';
  for (const text of out.split('\n')) {
    const [, title] = /^(\S.*)$/.exec(text) ?? [];
    const [, mark, found] = /^ {2}([✓✗–?]) (.*)$/.exec(text) ?? [];
    const [, remedy] = /^ {6}(?:→| ) (.*)$/.exec(text) ?? [];
    const last = lines.at(-1);
    if (title !== undefined) area = title;
    else if (mark !== undefined) lines.push({ area, mark, found: found ?? '', remedy: '' });
    else if (remedy !== undefined && last) last.remedy += `${last.remedy && '\n'}${remedy}`;
  }
  return lines;
}
