import { z } from 'zod';
import { UsageError } from '../lib/terminal/explain.ts';
import { type KnownOptions, readOptions, tooMany } from '../lib/terminal/options.ts';

/** What a command line asks for. */
export interface Asked {
  project: string;
  /** Look, and change nothing. */
  planOnly: boolean;
  topic: string | undefined;
  subscription: string | undefined;
  database: string | undefined;
  location: string | undefined;
  publisher: string | undefined;
  /** Where a key of Cloud KMS is wanted, if one is. */
  kms: string | undefined;
  /** Whether to make what notifications need. */
  notifications: boolean;
  producer: string | undefined;
  redirectUri: string;
}

/** Those that it knows, and whether a value follows. */
const OPTIONS: KnownOptions = {
  project: { type: 'string' },
  plan: { type: 'boolean' },
  topic: { type: 'string' },
  subscription: { type: 'string' },
  database: { type: 'string' },
  location: { type: 'string' },
  publisher: { type: 'string' },
  kms: { type: 'string' },
  notifications: { type: 'boolean' },
  producer: { type: 'string' },
  'redirect-uri': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
};

const WHERE_TO_READ = 'See npm run setup -- --help.';

const id = z
  .string()
  .regex(/^[A-Za-z][\w.~+%-]{2,200}$/, 'is no id of Pub/Sub: 3 letters or more, without slashes');

const email = z
  .string()
  .regex(/^[\w.-]+@[\w-]+(\.[\w-]+)+$/, 'is not the e-mail address of a service account');

const location = z.string().regex(/^[a-z]+[a-z0-9-]*$/, 'is no location, such as eur3 or us-east1');

const asked = z.object({
  project: z
    .string({ error: 'is missing: the id of the Google Cloud project' })
    .regex(/^[a-z0-9:.-]{3,}$/, 'is not a project id'),
  plan: z.boolean(),
  topic: id.optional(),
  subscription: id.optional(),
  database: z
    .string()
    .regex(/^(\(default\)|[a-z][a-z0-9-]{2,61}[a-z0-9])$/, 'is no id of a Firestore database')
    .optional(),
  location: location.optional(),
  kms: location.optional(),
  publisher: email.optional(),
  notifications: z.boolean(),
  producer: email.optional(),
  'redirect-uri': z
    .url({ protocol: /^https?$/, error: 'is no URL' })
    .default('https://postern.example.com/oauth2'),
});

/** @throws UsageError with every problem there is */
export function readArguments(args: readonly string[]): Asked | 'help' {
  const { words, options, problems } = readOptions(args, OPTIONS);
  if (options.has('help')) return 'help';
  const read = asked.safeParse({
    ...Object.fromEntries(options),
    plan: options.has('plan'),
    notifications: options.has('notifications'),
  });
  const found = [...problems, ...words.map(tooMany)];
  for (const { path, message } of read.error?.issues ?? []) {
    const option = `--${path.join('')} `;
    // What lacks its value isn't missing.
    if (!problems.some((problem) => problem.startsWith(option))) found.push(`${option}${message}.`);
  }
  if (options.has('producer') && !options.has('notifications')) {
    found.push('--producer is for --notifications only.');
  }
  if (found.length > 0 || !read.success) throw new UsageError(found, WHERE_TO_READ);
  const { plan: planOnly, 'redirect-uri': redirectUri, ...rest } = read.data;
  return {
    topic: undefined,
    subscription: undefined,
    database: undefined,
    location: undefined,
    publisher: undefined,
    kms: undefined,
    producer: undefined,
    ...rest,
    planOnly,
    redirectUri,
  };
}

/** What `--help` says. */
export const HELP = `Makes in a Google Cloud project what Postern needs: topics, subscriptions, service accounts, roles, and the Firestore
database. What is there and right is left as it is, so that running it again changes nothing. It deletes nothing.

  gcloud auth application-default login
  npm run setup -- --project=my-project --location=eur3 --plan
  npm run setup -- --project=my-project --location=eur3

  --plan               say what would be made or changed, and stop there
  --location=PLACE     where the Firestore database is made; it can’t be changed later
  --publisher=ACCOUNT  the service account that the Chat API page shows, for an add-on
  --kms=PLACE          make a key of Cloud KMS there, to encrypt what is stored; it costs money, and its ring can’t be deleted
  --notifications      make what notifications need as well: the topic notifications, and its subscription
  --producer=ACCOUNT   the service account that publishes notifications; for several, run this again with each
  --redirect-uri=URL   of your oauth-web, for the list of what is left to do by hand
  --topic=ID  --subscription=ID   instead of postern
  --database=ID        instead of auth-data

With PUBSUB_EMULATOR_HOST or FIRESTORE_EMULATOR_HOST it touches nothing at Google, and says what an emulator can’t do.

Exit codes: 0 done, 1 something could not be done, 64 not understood.`;
