import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { z } from 'zod';

const SCRIPT = join(import.meta.dirname, '../../scripts/sbom.mjs');

/** A package of the lock. */
interface Locked {
  version: string;
  license?: string;
  dev?: true;
  dependencies?: Record<string, string>;
}

describe('the SBOM', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'postern-sbom-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** What the script says about a project that needs `ships`, and `develops` for its development. */
  function run(packages: Record<string, Locked>): { status: number | null; complaint: string } {
    const project = {
      name: 'project',
      version: '1.0.0',
      dependencies: { ships: '1.0.0' },
      devDependencies: { develops: '1.0.0' },
    };
    const locked: Record<string, object> = { '': project };
    for (const [name, entry] of Object.entries(packages)) locked[`node_modules/${name}`] = entry;
    const lock = { ...project, lockfileVersion: 3, packages: locked };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(project));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
    const { status, stderr } = spawnSync(process.execPath, [SCRIPT], { cwd: folder });
    return { status, complaint: stderr.toString() };
  }

  const ships: Locked = { version: '1.0.0', license: 'MIT' };
  const develops: Locked = { version: '1.0.0', license: 'GPL-3.0-only', dev: true };
  const sbom = () => join(folder, 'sbom.cdx.json');
  const components = () =>
    z
      .object({
        components: z.array(
          z.object({
            name: z.string(),
            licenses: z.array(z.object({ license: z.object({ id: z.string() }) })),
          }),
        ),
      })
      .parse(JSON.parse(readFileSync(sbom(), 'utf8')))
      .components.map(({ name, licenses }) => [name, ...licenses.map(({ license }) => license.id)]);

  it('names what ships and what that needs, with licences, and nothing of development', () => {
    const { status, complaint } = run({
      ships: { ...ships, dependencies: { below: '2.0.0' } },
      below: { version: '2.0.0', license: 'Apache-2.0' },
      develops,
    });
    assert.equal(status, 0, complaint);
    assert.deepEqual(components(), [
      ['below', 'Apache-2.0'],
      ['ships', 'MIT'],
    ]);
  });

  it('names what ships also when development needs it, too', () => {
    const { status, complaint } = run({
      ships,
      develops: { ...develops, dependencies: { ships: '1.0.0' } },
    });
    assert.equal(status, 0, complaint);
    assert.deepEqual(components(), [['ships', 'MIT']]);
  });

  const refused: [what: string, license: string | undefined][] = [
    ['a copyleft licence', 'GPL-3.0-only'],
    ['a network copyleft licence', 'AGPL-3.0-or-later'],
    ['a choice that nobody has made', '(MIT OR GPL-3.0-only)'],
    ['a licence in no terms of SPDX', 'BSD'],
    ['no licence', undefined],
  ];
  for (const [what, license] of refused) {
    it(`is not made with ${what}`, () => {
      const below: Locked = { version: '2.0.0', ...(license === undefined ? {} : { license }) };
      const { status, complaint } = run({
        ships: { ...ships, dependencies: { below: '2.0.0' } },
        below,
        develops,
      });
      assert.equal(status, 1);
      assert.match(complaint, /^below@2\.0\.0 has /m);
      assert.ok(!existsSync(sbom()));
    });
  }

  it('is not made when something ships that it doesn’t name', () => {
    const { status, complaint } = run({ ships, strays: { ...ships, version: '3.0.0' }, develops });
    assert.equal(status, 1);
    assert.match(complaint, /^strays@3\.0\.0 ships, and is not in the SBOM\.$/m);
  });
});
