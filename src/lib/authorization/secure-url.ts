import { z } from 'zod';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * A URL that secrets may be sent to: https, or plain http to this very machine (the simulator, and OAuth clients under
 * development; web-server guide, "Redirect URI validation rules"). No credentials and no fragment in it.
 */
export const secureUrl = z
  .string()
  .refine(
    isSecure,
    'must be an https:// URL (http:// only for localhost), without credentials or #',
  );

/** Whether a URL is one that only this machine answers to, by plain HTTP. */
export function isOnThisMachine(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === 'http:' && LOOPBACK.has(url.hostname);
}

function isSecure(text: string): boolean {
  const url = URL.parse(text);
  if (url === null) return false;
  if (url.username !== '' || url.password !== '' || text.includes('#')) return false;
  return url.protocol === 'https:' || isOnThisMachine(text);
}
