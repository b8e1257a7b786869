import type { ErrorRequestHandler, Response } from 'express';

/** What the token and revoke endpoints answer instead of doing what they were asked (RFC 6749, section 5.2). */
export class OAuthRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, description: string) {
    super(description);
    this.name = 'OAuthRefusal';
    this.status = status;
    this.code = code;
  }
}

/** The named field. @throws OAuthRefusal when it is missing or empty */
export function required(form: URLSearchParams, field: string): string {
  const value = form.get(field);
  if (value) return value;
  throw new OAuthRefusal(400, 'invalid_request', `Missing required parameter: ${field}`);
}

/** Answers a refusal as Google does. */
export const answerRefusal: ErrorRequestHandler = (
  error: unknown,
  _request,
  response: Response,
  next,
) => {
  if (!(error instanceof OAuthRefusal)) {
    next(error);
    return;
  }
  response.status(error.status).json({ error: error.code, error_description: error.message });
};
