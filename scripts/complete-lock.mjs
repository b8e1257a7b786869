// Completes package-lock.json after `npm install`.
//
// npm records a tool's binaries for every platform, but leaves out those that its registry doesn't have; a mirror often
// lacks the ones that nobody asked for. `npm ci` then finds the lock out of step with package.json, and refuses. What is
// missing is written here: its version is exact in the tool's own package, and its platform is in its name. It has no
// checksum, since nobody here has seen it.
import { readFileSync, writeFileSync } from 'node:fs';

const path = 'package-lock.json';
const lock = JSON.parse(readFileSync(path, 'utf8'));

for (const { optionalDependencies = {} } of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    lock.packages[`node_modules/${name}`] ??= binary(name, version);
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')),
);
writeFileSync(path, `${JSON.stringify(lock, undefined, 2)}\n`);

/** `@biomejs/cli-linux-x64-musl`: the operating system, the processor, and the C library if there is a choice. */
function binary(name, version) {
  const [os, cpu, abi = ''] = name.replace(/^@[^/]+\/((cli|binding)-)?/, '').split('-');
  const libc =
    os === 'linux' && abi !== '' ? { libc: [abi.startsWith('musl') ? 'musl' : 'glibc'] } : {};
  return { version, cpu: [cpu], dev: true, ...libc, optional: true, os: [os] };
}
