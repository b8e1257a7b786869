import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, Scalar } from 'yaml';

/** All documents of a YAML file in `deploy/`. Compose's `!reset` leaves null. @throws when the YAML itself is wrong */
export function documentsOf(path: string): unknown[] {
  const text = readFileSync(join(import.meta.dirname, '../../deploy', path), 'utf8');
  const reset = { tag: '!reset', resolve: () => new Scalar(null), collection: 'seq' as const };
  return parseAllDocuments(text, { merge: true, customTags: [reset] }).map((document) => {
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) throw problem;
    const value: unknown = document.toJS();
    return value;
  });
}
