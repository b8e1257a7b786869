// Writes what ships, with its licences, to sbom.cdx.json (CycloneDX), by npm's own `npm sbom` and without a network. Fails, and
// writes nothing, when a production package of the lock isn't in it, or has a licence that nobody has allowed.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Each lets us ship the code unchanged, with its licence file beside it.
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
]);

// Packages that don't name their licence in SPDX's terms: what their licence file says. For this one version only.
const READ = new Map([['url-template@2.0.8', 'BSD-3-Clause']]);

const project = readJson('package.json');
const lock = readJson('package-lock.json');

const sbom = describe(production(project, lock));
const faults = [...missing(sbom.components), ...sbom.components.flatMap(licenceFault)];
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
writeFileSync('sbom.cdx.json', `${JSON.stringify(sbom, null, 2)}\n`);
console.log(
  `sbom.cdx.json: ${sbom.components.length} packages, each with a licence that is allowed.`,
);

// `npm sbom --omit=dev` leaves out what development needs as well. So development is taken off before.
function production({ devDependencies: _, ...manifest }, { packages, ...rest }) {
  const kept = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev);
  const { devDependencies: __, ...root } = packages[''];
  return { manifest, lock: { ...rest, packages: { '': root, ...Object.fromEntries(kept) } } };
}

// npm takes the component's name from its folder.
function describe({ manifest, lock: kept }) {
  const work = mkdtempSync(join(tmpdir(), 'sbom-'));
  try {
    const folder = join(work, manifest.name);
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(kept));
    const how = ['--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
    const options = { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 };
    return JSON.parse(execFileSync('npm', ['sbom', ...how], options));
  } finally {
    rmSync(work, { recursive: true });
  }
}

function missing(components) {
  const described = new Set(components.map(label));
  return Object.entries(lock.packages)
    .filter(([path, { dev }]) => path !== '' && !dev)
    .map(([path, { name, version }]) => label({ name: name ?? nameOf(path), version }))
    .filter((shipped) => !described.has(shipped))
    .map((shipped) => `${shipped} ships, and is not in the SBOM.`);
}

// Completes the component with what we have read, where npm found nothing.
function licenceFault(component) {
  const read = READ.get(label(component));
  if (component.licenses === undefined && read !== undefined) {
    component.licenses = [{ license: { id: read } }];
  }
  const names = (component.licenses ?? []).map(
    ({ license, expression }) => expression ?? license.id ?? license.name,
  );
  if (names.length === 0) return [`${label(component)} has no licence that SPDX knows.`];
  return names
    .filter((name) => !ALLOWED.has(name))
    .map(
      (name) =>
        `${label(component)} has the licence ${name}, which scripts/sbom.mjs doesn’t allow.`,
    );
}

function nameOf(path) {
  return path.replace(/^.*node_modules\//, '');
}

function label({ name, version }) {
  return `${name}@${version}`;
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
