import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { serveLocally } from '../support/local-server.ts';

const SCRIPT = join(import.meta.dirname, '../../scripts/audit.mjs');
const project = { name: 'project', version: '1.0.0', dependencies: { ships: '1.0.0' } };
const packages = { '': project, 'node_modules/ships': { version: '1.0.0' } };

const ships = { name: 'ships', versions: { '1.0.0': { name: 'ships', version: '1.0.0' } } };

/** What the script says about a project that needs `ships`, when the registry answers like this. */
async function audit(t: TestContext, status: number, advisories: object) {
  const folder = mkdtempSync(join(tmpdir(), 'postern-audit-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(project));
  writeFileSync(
    join(folder, 'package-lock.json'),
    JSON.stringify({ ...project, lockfileVersion: 3, packages }),
  );
  const registry = await serveLocally(({ url }, response) => {
    const asksForPackage = url === '/ships';
    response.writeHead(asksForPackage ? 200 : status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(asksForPackage ? ships : advisories));
  });
  t.after(() => registry.close());

  const flags = ['--registry', registry.url, '--fetch-retries=0', '--cache', join(folder, 'cache')];
  const run = spawn(process.execPath, [SCRIPT, ...flags], { cwd: folder });
  const said = Promise.all([text(run.stdout), text(run.stderr)]);
  await once(run, 'close');
  return { code: run.exitCode, said: (await said).join('\n') };
}

const advisory = (severity: string) => ({
  ships: [
    { id: 1, url: 'https://example.com/1', title: 'A hole', severity, vulnerable_versions: '<2' },
  ],
});

test('an audit of what has no known vulnerability ends with 0', async (t) => {
  const { code, said } = await audit(t, 200, {});
  assert.equal(code, 0, said);
});

test('an audit names a vulnerability, and ends with 1 from a moderate one on', async (t) => {
  const { code, said } = await audit(t, 200, advisory('moderate'));
  assert.equal(code, 1, said);
  assert.match(said, /A hole/);
  const low = await audit(t, 200, advisory('low'));
  assert.equal(low.code, 0, low.said);
});

test('a registry that answers no audits is not taken for one that knows of nothing', async (t) => {
  const { code, said } = await audit(t, 405, {});
  assert.equal(code, 69);
  assert.match(said, /Nothing was audited/);
});
