/** A command that is carried out as it stands, with Postern and a simulated Google running. */
export interface Carried {
  line: string;
  /** What it prints. */
  says: RegExp;
  /** What a terminal would ask for, or a browser do: said at the end of the line instead. */
  add?: string;
  /** It runs until it is stopped; so that is done once it has said that. */
  runs?: true;
}

/** With the variables of both processes, while they run. */
export const WITH_POSTERN: readonly Carried[] = [
  { line: 'curl -s http://127.0.0.1:9090/readyz', says: /^ready$/ },
  { line: 'curl -s http://127.0.0.1:8080/readyz', says: /^ready$/ },
  {
    line: `node -e "fetch('http://127.0.0.1:9090/readyz').then((answer) => process.exit(answer.ok ? 0 : 1))"`,
    says: /^$/,
  },
  { line: 'npm run doctor', says: /\b0 failed, \d+ ok/ },
  { line: 'npm run doctor -- --for subscriber', says: /\b0 failed, \d+ ok/ },
  { line: 'node --env-file=.postern/app.env src/doctor/main.ts', says: /\b0 failed, \d+ ok/ },
  { line: 'npm run subscriber', says: /"message":"subscriber started"/, runs: true },
  { line: 'npm run oauth-web', says: /"message":"oauth-web started"/, runs: true },
  {
    line: 'npm run setup -- --project=my-project --location=eur3 --plan',
    says: /the topic postern/,
  },
  { line: 'npm run setup -- --project=my-project --location=eur3', says: /the topic postern/ },
  {
    line: 'npm run setup -- --project=my-project --publisher=service-123456789012@gcp-sa-gsuiteaddons.iam.gserviceaccount.com',
    says: /gcp-sa-gsuiteaddons/,
  },
  { line: 'npm run setup -- --project=my-project --kms=europe-west1', says: /Cloud KMS/ },
  {
    line: 'npm run setup -- --project=my-project --notifications --producer=monitoring@my-project.iam.gserviceaccount.com',
    says: /the topic notifications/,
  },
  { line: 'echo "TOKEN_KEYS=k1:$(openssl rand -base64 32)"', says: /^TOKEN_KEYS=k1:[\w+/]{43}=$/ },
  { line: 'npm run', says: /^ {2}subscriber$/m },
];

/** With the variables of `npm run chat`. */
export const AT_A_TERMINAL: readonly Carried[] = [
  {
    line: 'npm run chat -- send spaces/AAA "The office closes at four." --as me',
    says: /^Posted: spaces\/\S+$/m,
    add: '--no-browser',
  },
  { line: 'npm run chat -- sign-out', says: /signed out/i },
  {
    line: 'node --env-file=.postern/chat.env src/cli/main.ts --help',
    says: /^Google Chat from a terminal/,
  },
  { line: 'npm run chat', says: /^ {2}npm run chat -- send/m, add: '-- --help' },
];

/** By an operator at the store: one is connected, `ID` was given up. The subscriber takes a rest. */
export const AT_THE_STORE: readonly Carried[] = [
  { line: 'npm run admin', says: /npm run admin -- grants list/, add: '-- --help' },
  { line: 'npm run admin -- grants list', says: /users\/\d+/ },
  { line: 'npm run admin -- requests list', says: /ID +failed/ },
  { line: 'npm run admin -- requests list --state failed', says: /ID +failed/ },
  { line: 'npm run admin -- requests list --state answered', says: /answered/ },
  { line: 'npm run admin -- requests show ID', says: /^outcome: failed$/m },
  { line: 'npm run admin -- requests replay ID', says: /^It is due:/, add: '--yes' },
  { line: 'npm run admin -- requests forget ID', says: /^Forgotten\.$/, add: '--yes' },
  {
    line: 'npm run admin -- grants purge --unused-for 180',
    says: /^Nobody was disconnected\.$/,
    add: '--yes',
  },
  { line: 'npm run admin -- keys rewrap', says: /laptop/ },
  { line: 'npm run admin -- grants revoke users/123', says: /users\/\d+/, add: '--yes' },
  {
    line: `node -e "new (require('node:sqlite').DatabaseSync)('.postern/postern.sqlite').exec(\\"VACUUM INTO 'postern-copy.sqlite'\\")"`,
    says: /^$/,
  },
];

/** Commands that are carried out by another file, or can't be on a laptop. */
interface Elsewhere {
  lines: RegExp;
  why: string;
  /** Carries it out, or the like. */
  by?: string;
}

export const ELSEWHERE: readonly Elsewhere[] = [
  {
    lines: /\bgcloud /,
    why: 'it needs a project at Google: gcloud reads it, and asks nobody',
    by: 'test/docs/gcloud.tool-test.ts',
  },
  {
    lines: /^docker /,
    why: 'it needs an engine, or a registry; the image is tried',
    by: '.ci/image',
  },
  { lines: /^timedatectl /, why: 'it sets the clock of the machine' },
  {
    lines: /^(?:PROJECT|SUBSCRIBER)=/,
    why: 'it names something for the gcloud commands below it',
  },
  {
    lines:
      /^(?:GOOGLE_CLOUD_PROJECT|PUBSUB_SUBSCRIPTION|PUBSUB_TOPIC|TOKEN_KEYS|OAUTH_CLIENT_FILE|ALLOWED_DOMAIN)=/,
    why: 'a process is configured by it',
    by: 'test/deploy/deployed.test.ts',
  },
  { lines: /^PUBSUB_EMULATOR_HOST=/, why: '', by: 'test/docs/commands.tool-test.ts' },
  { lines: /^npm (?:ci|test)$|^\.ci\/run$/, why: 'it runs this', by: '.ci/run' },
  { lines: /^npm run (?:check|build|sbom|test:\w+)$/, why: 'it runs all', by: '.ci/run' },
  { lines: /^node (?:--cpu-prof )?dist\//, why: 'it needs what ships', by: '.ci/run' },
  { lines: /^npm start$/, why: '', by: 'test/doctor/laptop.test.ts' },
  { lines: /^npm run simulate/, why: '', by: 'test/docs/simulate.test.ts' },
  { lines: /^npm run setup$/, why: 'a name', by: 'test/setup/new-project.test.ts' },
  { lines: /^npm run bench/, why: 'it takes a quiet machine', by: 'test/bench' },
  { lines: /^npm run faults/, why: 'it takes hours', by: 'test/faults/main.ts' },
  { lines: /^npm run (?:mutants|audit)$/, why: 'it needs a registry' },
  { lines: /^npm run (?:fix|screenshots)$/, why: 'it changes the project’s own files' },
];
