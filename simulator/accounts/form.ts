import express, { type Request, type RequestHandler } from 'express';

/** Reads a posted form as text, so that a doubled field is not lost. */
export const formBody: RequestHandler = express.text({
  type: 'application/x-www-form-urlencoded',
  limit: '64kb',
});

/** The fields of the form; none when something else was posted. */
export function formOf(request: Request): URLSearchParams {
  const body: unknown = request.body;
  return new URLSearchParams(typeof body === 'string' ? body : '');
}

/** The query as it came, doubled parameters and all. */
export function queryOf(request: Request): URLSearchParams {
  return new URL(request.originalUrl, 'http://localhost').searchParams;
}

/** The field that stands there more than once. */
export function doubledField(form: URLSearchParams): string | undefined {
  return [...form.keys()].find((name) => form.getAll(name).length > 1);
}
