import type { RequestHandler } from 'express';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Refuses requests for a host that isn't this machine by name: a page elsewhere whose name was rebound to 127.0.0.1 would else be
 * let in by the browser.
 */
export const loopbackOnly: RequestHandler = (request, response, next) => {
  const host = URL.parse(`http://${request.headers.host}`)?.hostname;
  if (host !== undefined && LOOPBACK.has(host)) next();
  else response.status(421).type('text').send('The simulator answers on loopback only.\n');
};

/** Refuses what another site makes somebody's browser send. Only browsers know the two headers; all of today's send one. */
export const sameOriginOnly: RequestHandler = (request, response, next) => {
  const site = request.headers['sec-fetch-site'];
  const { origin, host } = request.headers;
  const isSame = site === undefined ? origin === `http://${host}` : site === 'same-origin';
  if (isSame) next();
  else response.status(403).type('text').send('Only the simulator’s own pages may do that.\n');
};

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

/** For the simulator’s own pages. */
export const pageHeaders: RequestHandler = (_request, response, next) => {
  response.set(HEADERS);
  next();
};
