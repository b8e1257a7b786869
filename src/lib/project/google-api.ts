import type { GoogleAuth } from 'google-auth-library';
import { z } from 'zod';
import { seconds } from '../clock.ts';

/** What one of Google's REST APIs answered. */
export type Answered<T> =
  | { kind: 'answer'; value: T }
  /** `status`: of HTTP; undefined when nobody answered. `reason`: Google's, or the name of a network error. */
  | { kind: 'refused'; status: number | undefined; reason: string };

/** Google's REST APIs, with the credentials of whoever runs this. */
export interface GoogleApi {
  get<T>(url: string, content: z.ZodType<T>): Promise<Answered<T>>;
  /** @param method POST or PATCH */
  send<T>(
    method: 'POST' | 'PATCH',
    url: string,
    body: object,
    content: z.ZodType<T>,
  ): Promise<Answered<T>>;
}

const TIMEOUT_MS = seconds(30);

const refusal = z.object({
  error: z.object({ status: z.string().catch('') }).catch({ status: '' }),
});

const failure = z.object({
  response: z.object({ status: z.number(), data: z.unknown() }).optional(),
  code: z.string().optional().catch(undefined),
});

/** Never throws for what Google, the network or the credentials do: that is an answer, too. Nothing is repeated. */
export function createGoogleApi(auth: GoogleAuth): GoogleApi {
  const call = async <T>(
    method: 'GET' | 'POST' | 'PATCH',
    url: string,
    body: object | undefined,
    content: z.ZodType<T>,
  ): Promise<Answered<T>> => {
    try {
      const { data } = await auth.request<unknown>({
        url,
        method,
        timeout: TIMEOUT_MS,
        retry: false,
        ...(body === undefined ? {} : { data: body }),
      });
      const parsed = content.safeParse(data);
      if (parsed.success) return { kind: 'answer', value: parsed.data };
      return { kind: 'refused', status: undefined, reason: 'an answer that isn’t understood' };
    } catch (error) {
      return toRefusal(error);
    }
  };
  return {
    get: (url, content) => call('GET', url, undefined, content),
    send: (method, url, body, content) => call(method, url, body, content),
  };
}

/** The library's error may hold the token that was sent: only what is named here is taken from it. */
function toRefusal(error: unknown): Extract<Answered<never>, { kind: 'refused' }> {
  const { response, code } = failure.safeParse(error).data ?? {};
  if (response === undefined) {
    return { kind: 'refused', status: undefined, reason: code ?? 'no credentials' };
  }
  const { status } = refusal.safeParse(response.data).data?.error ?? { status: '' };
  return { kind: 'refused', status: response.status, reason: status };
}
