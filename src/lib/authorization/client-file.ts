import { z } from 'zod';
import { secureUrl } from './secure-url.ts';

/** Postern's OAuth client, as the Google Cloud console describes it in the file it lets one download. */
export interface OAuthClient {
  /** Of the type “Web application”, or “Desktop app”. */
  kind: 'web' | 'installed';
  clientId: string;
  clientSecret: string;
  /** At least one. */
  redirectUris: readonly [string, ...string[]];
  /** Where people consent. */
  authUri: string;
  tokenUri: string;
  /** A JSON map from key id to PEM certificate: what ID tokens are verified with. */
  certsUrl: string;
}

export type ParsedClientFile = { ok: true; client: OAuthClient } | { ok: false; problem: string };

const credentials = z.object({
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
  redirect_uris: z.tuple([secureUrl], secureUrl),
  auth_uri: secureUrl,
  token_uri: secureUrl,
  auth_provider_x509_cert_url: secureUrl,
});

const clientFile = z.object({ web: credentials.optional(), installed: credentials.optional() });

/**
 * Reads the text of a downloaded OAuth client file (`client_secrets.json`).
 *
 * @returns the client, or what is wrong with the file, in words for its owner that don't repeat what it holds
 */
export function parseClientFile(text: string): ParsedClientFile {
  const content = parseJson(text);
  if (!content.ok) return { ok: false, problem: 'it is not JSON' };
  const parsed = clientFile.safeParse(content.value);
  if (!parsed.success) return { ok: false, problem: explain(parsed.error) };
  const { web, installed } = parsed.data;
  if (web !== undefined) return { ok: true, client: toClient('web', web) };
  if (installed === undefined) {
    return {
      ok: false,
      problem:
        'it has no web or installed key: download the JSON of an OAuth client ID, no other key',
    };
  }
  return { ok: true, client: toClient('installed', installed) };
}

function parseJson(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

/** `web.token_uri must be …; web.client_id …` */
function explain(error: z.ZodError): string {
  return error.issues
    .map((issue) => `${issue.path.join('.') || 'it'}: ${issue.message}`)
    .join('; ');
}

function toClient(kind: OAuthClient['kind'], file: z.infer<typeof credentials>): OAuthClient {
  return {
    kind,
    clientId: file.client_id,
    clientSecret: file.client_secret,
    redirectUris: file.redirect_uris,
    authUri: file.auth_uri,
    tokenUri: file.token_uri,
    certsUrl: file.auth_provider_x509_cert_url,
  };
}
