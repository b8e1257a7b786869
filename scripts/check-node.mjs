// The project brings its own Node (the `node` package), because Google's libraries need 22 or later and machines often
// have an older one. `npm ci --ignore-scripts` leaves it out without an error, so say so before anything else fails oddly.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Postern needs Node 22.18 or later, and this is ${process.version}.\n` +
      'Run `npm ci` (without --ignore-scripts): it installs the Node that Postern brings along.',
  );
  process.exit(1);
}
