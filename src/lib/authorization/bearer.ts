import type { GoogleAuth } from 'google-auth-library';

/**
 * The whole `Authorization` header for a call to a URL.
 *
 * @returns undefined when there is none to be had. Whatever the library throws may hold a token, so it is left behind
 */
export async function bearerFor(auth: GoogleAuth, url: string): Promise<string | undefined> {
  const headers = await auth.getRequestHeaders(url).catch(() => undefined);
  return headers?.get('authorization') ?? undefined;
}
