import { seconds } from '../clock.ts';
import { AuthorizationError } from '../errors.ts';

/** What one of Google's endpoints answered. */
export interface Answer {
  status: number;
  /** The JSON of the body; undefined when it is none, or more than we are willing to read. */
  body: unknown;
  /** How long it asked us to wait, in milliseconds. */
  retryAfterMs: number | undefined;
}

export interface PostOptions {
  /** How long an answer may take, in milliseconds. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Posts a form, once. Ours rather than google-auth-library's, which repeats the post of a code on a 5xx, puts the token to
 * revoke into the URL, never times out, and carries codes and tokens in its errors (security-reliability.md, A7).
 *
 * @throws AuthorizationError `oauth_unavailable` when no answer came. Without a cause: what fetch throws may hold the answer.
 */
export async function postForm(
  url: string,
  form: Readonly<Record<string, string>>,
  options: PostOptions,
): Promise<Answer> {
  return await post(url, { body: new URLSearchParams(form) }, options);
}

/** The same, with JSON. @param bearer the whole `Authorization` header */
export async function postJson(
  url: string,
  content: object,
  bearer: string,
  options: PostOptions,
): Promise<Answer> {
  const headers = { authorization: bearer, 'content-type': 'application/json' };
  return await post(url, { headers, body: JSON.stringify(content) }, options);
}

async function post(
  url: string,
  { headers = {}, body }: { headers?: Record<string, string>; body: string | URLSearchParams },
  { timeoutMs, signal }: PostOptions,
): Promise<Answer> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { accept: 'application/json', ...headers },
      body,
      redirect: 'error',
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    return {
      status: response.status,
      body: await readJson(response),
      retryAfterMs: retryAfterMs(response),
    };
  } catch (error) {
    throw new AuthorizationError(
      'oauth_unavailable',
      `Google's authorization server did not answer (${failure(error)}). ` +
        'Check that this machine reaches it, through a proxy if there is one.',
    );
  }
}

async function readJson(response: Response): Promise<unknown> {
  const stream: AsyncIterable<Uint8Array> | null = response.body;
  if (stream === null) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the rest.
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > MAX_ANSWER_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Google sends seconds; the header's other form, a date, is not worth a clock here. */
function retryAfterMs(response: Response): number | undefined {
  const header = response.headers.get('retry-after') ?? '';
  return /^\d{1,5}$/.test(header) ? seconds(Number(header)) : undefined;
}

/** Why there was no answer, in one word of a fixed kind: `TimeoutError`, `AbortError`, `ECONNREFUSED`… */
function failure(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^\w{1,40}$/.test(code) ? code : error.name;
}
