/** What a look at one thing came to, in words for whoever set it up. No secret is in them. */
export type Finding =
  | { status: 'ok'; found: string }
  /** `remedy`: the page of the console, or the line to run. */
  | { status: 'failed'; found: string; remedy: string }
  /** It depends on something that isn't there, or isn't needed. */
  | { status: 'skipped'; found: string }
  /** It can't be told from here. `remedy`: how to find out. */
  | { status: 'unknown'; found: string; remedy?: string };

/** A finding, and what it is about: a stable name, for those who read JSON. */
export type Result = Finding & { check: string };

export const ok = (found: string): Finding => ({ status: 'ok', found });

export const failed = (found: string, remedy: string): Finding => ({
  status: 'failed',
  found,
  remedy,
});

export const skipped = (found: string): Finding => ({ status: 'skipped', found });

export function unknown(found: string, remedy?: string): Finding {
  return remedy === undefined ? { status: 'unknown', found } : { status: 'unknown', found, remedy };
}

/** For what was not looked at. @param what a variable, or an earlier check */
export const needs = (what: string): Finding => skipped(`needs ${what}`);

export const about = (check: string, finding: Finding): Result => ({ check, ...finding });
