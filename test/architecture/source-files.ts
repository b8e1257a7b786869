import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** A file of the project, as text. Paths are relative to the project's root, with slashes. */
export interface SourceFile {
  path: string;
  text: string;
  /** The files and packages that it imports, whichever way. */
  imports: readonly Import[];
}

export interface Import {
  /** A file as a path from the project's root; a package as its specifier. */
  target: string;
  /** What stands between `import` and `from`: empty for the other ways to import. */
  clause: string;
}

/** Every file below `folder` whose name ends in one of `endings`, in order. */
export function sourceFiles(folder: string, endings: readonly string[]): SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
    .map((path) => parse(path, readFileSync(join(ROOT, path), 'utf8')));
}

/** What a file of that path and text is, for the rules. */
export function parse(path: string, text: string): SourceFile {
  return { path, text, imports: importsOf(path, code(text)) };
}

const FROM = /^\s*(?:import|export)\b(?<clause>[^'";]*?)\bfrom\s*['"](?<specifier>[^'"]+)['"]/gm;
const BARE = /^\s*import\s*['"](?<specifier>[^'"]+)['"]/gm;
const CALLED = /\b(?:import|require)\s*\(\s*['"`](?<specifier>[^'"`]+)['"`]/g;

function importsOf(path: string, text: string): Import[] {
  return [FROM, BARE, CALLED]
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .map(({ groups }) => ({
      target: resolve(path, groups?.['specifier'] ?? ''),
      clause: (groups?.['clause'] ?? '').trim(),
    }));
}

function resolve(path: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier;
}

/** The text without its comments, line by line the same. A `//` within a word is part of an address. */
function code(text: string): string {
  return text
    .replace(/^[ \t]*\/\*[\s\S]*?\*\//gm, (comment) => comment.replace(/[^\n]/g, ''))
    .replace(/(^|\s)\/\/.*$/gm, '$1');
}

/** Where in the code a pattern is found, as `path:line`. Comments don't count. */
export function placesOf({ path, text }: SourceFile, pattern: RegExp): string[] {
  return code(text)
    .split('\n')
    .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : []));
}
