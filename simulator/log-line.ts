/** A line that a process has printed, as the JSON that it is; undefined when it is something else. */
export function lineOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
