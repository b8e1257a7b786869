import { join } from 'node:path';
import { z } from 'zod';

const port = (byDefault: number) => z.coerce.number().int().min(1).max(65_535).default(byDefault);

/** The few things about the laptop's Google that one may want otherwise. */
const environment = z.object({
  POSTERN_FOLDER: z.string().default('.postern'),
  /** The page, accounts, and Chat's API. */
  SIMULATOR_PORT: port(8090),
  /** Embedded Pub/Sub: the port that Google's emulator has by default. */
  PUBSUB_PORT: port(8085),
  PORT: port(8080),
  ADMIN_PORT: port(9090),
  DIALECT: z.enum(['classic', 'add-on']).default('add-on'),
});

/** Where everything of `npm start` is. */
export interface Laptop {
  folder: string;
  project: string;
  ports: { google: number; pubsub: number; oauthWeb: number; admin: number };
  /** In which of Chat's two dialects events come. */
  dialect: 'classic' | 'add-on';
  googleUrl: string;
  redirectUri: string;
  files: { clientSecrets: string; serviceAccount: string; database: string };
}

/** @throws z.ZodError that names the variable */
export function readLaptop(variables: Readonly<Record<string, string | undefined>>): Laptop {
  const { POSTERN_FOLDER: folder, DIALECT: dialect, ...ports } = environment.parse(variables);
  return {
    folder,
    project: 'postern-laptop',
    ports: {
      google: ports.SIMULATOR_PORT,
      pubsub: ports.PUBSUB_PORT,
      oauthWeb: ports.PORT,
      admin: ports.ADMIN_PORT,
    },
    dialect,
    googleUrl: `http://127.0.0.1:${ports.SIMULATOR_PORT}`,
    redirectUri: `http://127.0.0.1:${ports.PORT}/oauth2`,
    files: {
      clientSecrets: join(folder, 'client_secrets.json'),
      serviceAccount: join(folder, 'service-account.json'),
      database: join(folder, 'postern.sqlite'),
    },
  };
}
