import { z } from 'zod';

/** A list of scopes as OAuth itself writes it (RFC 6749, section 3.3): a scope holds no space. */
export const joinScopes = (scopes: readonly string[]): string => scopes.join(' ');

export const splitScopes = z
  .string()
  .transform((text) => text.split(' ').filter((scope) => scope !== ''));
