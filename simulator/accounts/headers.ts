import type { RequestHandler } from 'express';

/** @param formTargets where forms may lead, beside here, as sources of a content security policy */
export function pageHeaders(formTargets: string): RequestHandler {
  return (_request, response, next) => {
    response.set({
      'Cache-Control': 'no-store',
      'Content-Security-Policy':
        `default-src 'none'; style-src 'self'; form-action 'self' ${formTargets}; ` +
        "base-uri 'none'; frame-ancestors 'none'",
      // Not no-referrer: that would hide from us where a form comes from.
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
    });
    next();
  };
}
