import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { z } from 'zod';

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

const { packages } = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        name: z.string().optional(),
        integrity: z.string().optional(),
        resolved: z.string().optional(),
        hasInstallScript: z.boolean().optional(),
      }),
    ),
  })
  .parse(read('package-lock.json'));
const { allowScripts, dependencies, devDependencies } = z
  .object({
    allowScripts: z.record(z.string(), z.boolean()),
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(read('package.json'));

const locked = Object.entries(packages).filter(([path]) => path !== '');

describe('package-lock.json', () => {
  it('holds every package to its content, by a SHA-512, wherever a registry has it from', () => {
    assert.ok(locked.length > 0);
    for (const [path, { integrity, resolved }] of locked) {
      assert.match(integrity ?? '', /^sha512-[A-Za-z0-9+/]{86}==$/, path);
      assert.equal(resolved, undefined, path);
    }
  });

  it('has no package with an install script that nobody has decided about, and no decision without one', () => {
    const scripted = locked
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path, { name }]) => name ?? path.replace(/^.*node_modules\//, ''));
    assert.deepEqual([...new Set(scripted)].sort(), Object.keys(allowScripts).sort());
  });
});

describe('package.json', () => {
  it('lets one package run its install script: the one that brings Node for development', () => {
    const allowed = Object.keys(allowScripts).filter((name) => allowScripts[name]);
    assert.deepEqual(allowed, ['node']);
    assert.ok('node' in devDependencies);
  });

  it('names exact versions', () => {
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      assert.match(version, /^\d+\.\d+\.\d+$/, name);
    }
  });
});
