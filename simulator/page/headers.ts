import type { RequestHandler } from 'express';

/** Nothing from elsewhere, no inline script or style: the pages show what apps send. Only the simulator’s own frame each other. */
const HEADERS = {
  'Cache-Control': 'no-cache',
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** For every page of the simulator that shows what is going on. */
export const pageHeaders: RequestHandler = (_request, response, next) => {
  response.set(HEADERS);
  next();
};
