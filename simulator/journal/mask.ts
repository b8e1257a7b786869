import { createHash } from 'node:crypto';

/** Google's secrets by how they begin: access tokens, refresh tokens, codes, client secrets, and JWTs. */
const TELLTALE = /\b(?:ya29\.|1\/\/0|4\/0A|GOCSPX-)[\w-]{8,}|\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g;

/** What a parameter of these names holds is a secret, or leads to one. Of OAuth, of incoming webhooks, and of Chat's own links. */
const PARAMETERS = new Set([
  'access_token',
  'assertion',
  'client_secret',
  'code',
  'code_challenge',
  'code_verifier',
  'id_token',
  'key',
  'nonce',
  'refresh_token',
  'signedJwt',
  'state',
  'token',
]);
const IN_URL = new RegExp(`([?&](?:${[...PARAMETERS].join('|')})=)([^&#\\s"'<>|)]+)`, 'g');

/** Whoever opens such a link makes Chat repeat the event: the whole query is the secret. */
const CAPABILITIES = new Set(['configCompleteRedirectUrl', 'configCompleteRedirectUri']);

const FINGERPRINT = 4;

/** A mask that still tells two secrets apart, and the same one again: `ya29.…(masked, 2f1a)`. */
function maskOf(written: string): string {
  const secret = decoded(written);
  const kind = /^(?:ya29\.|1\/\/0|4\/0A|GOCSPX-|eyJ)/.exec(secret)?.[0] ?? '';
  const fingerprint = createHash('sha256').update(secret).digest('hex').slice(0, FINGERPRINT);
  return `${kind}…(masked, ${fingerprint})`;
}

/** A text without its secrets, wherever they stand in it. */
export function maskText(text: string): string {
  return text
    .replace(IN_URL, (_all, name: string, secret: string) => name + maskOf(secret))
    .replace(TELLTALE, (secret) => maskOf(secret));
}

/** JSON as Chat and the app send it, without its secrets. */
export function maskJson<T>(value: T): T {
  return masked(value, (name, text) => (CAPABILITIES.has(name) ? maskQuery(text) : maskText(text)));
}

/** What an OAuth endpoint is sent, or answers: with `state` and `code` for secrets, which are none in Chat's own JSON. */
export function maskOAuth<T>(value: T): T {
  return masked(value, (name, text) => (PARAMETERS.has(name) ? maskOf(text) : maskText(text)));
}

/** An event as it was published, but for the one secret of Chat's that it carries: to be kept, and handed on. */
export function withoutCapability<T>(value: T): T {
  return masked(value, (name, text) => (CAPABILITIES.has(name) ? maskQuery(text) : text));
}

type Mask = (name: string, text: string) => string;

function masked<T>(value: T, mask: Mask): T {
  // Same structure: only strings were replaced, by strings.
  return walk(value, mask, '') as T;
}

/** @param name the field that the value is in */
function walk(value: unknown, mask: Mask, name: string): unknown {
  if (typeof value === 'string') return mask(name, value);
  if (Array.isArray(value)) return value.map((item: unknown) => walk(item, mask, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [maskText(key), walk(inner, mask, key)]),
  );
}

function maskQuery(url: string): string {
  const query = url.indexOf('?');
  return query === -1 ? maskOf(url) : url.slice(0, query + 1) + maskOf(url.slice(query + 1));
}

/** As it was before it became part of a URL. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
