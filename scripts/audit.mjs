// Asks the registry about known vulnerabilities in what ships. Not a part of .ci/run: not every registry answers, mirrors least
// of all, and what it answers changes from day to day without any change of ours.
import { spawnSync } from 'node:child_process';

const how = ['--omit=dev', '--audit-level=moderate', ...process.argv.slice(2)];
const { status, stderr } = spawnSync('npm', ['audit', ...how], {
  encoding: 'utf8',
  stdio: ['ignore', 'inherit', 'pipe'],
});
process.stderr.write(stderr);
if (stderr.includes('audit endpoint returned an error')) {
  console.error(
    '\nNothing was audited: this registry, or the proxy before it, answers no audits. Where it can be reached:\n' +
      'npm run audit -- --registry=https://registry.npmjs.org/',
  );
  process.exit(69);
}
process.exit(status ?? 1);
