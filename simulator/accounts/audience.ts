import { z } from 'zod';
import type { SimulatedPerson } from '../world.ts';
import type { AuthorizationRequest, PageError } from './authorization-request.ts';
import { isSensitive } from './scopes.ts';

/**
 * For whom the app is, as chosen on the consent screen's "Audience" page: the accounts of its own organization; everybody, while
 * Google has not verified it; or everybody.
 */
export const audience = z.enum(['internal', 'unverified', 'verified']);
export type Audience = z.infer<typeof audience>;

/** What stands between a person and the consent. */
export type Obstacle = { kind: 'page'; error: PageError } | { kind: 'warning' };

/** Whom the app is for, and the Workspace domain that it belongs to. */
export interface Reach {
  audience: Audience;
  organization: string;
}

/**
 * @returns undefined when nothing does (web-server guide, "Authorization errors"; "Unverified apps" in Google's help)
 */
export function obstacleFor(
  { audience: chosen, organization }: Reach,
  { domain }: SimulatedPerson,
  { scopes }: AuthorizationRequest,
): Obstacle | undefined {
  switch (chosen) {
    case 'verified':
      return undefined;
    case 'unverified':
      return scopes.some(isSensitive) ? { kind: 'warning' } : undefined;
    case 'internal':
      return domain === organization ? undefined : { kind: 'page', error: FOREIGNER };
  }
}

const FOREIGNER: PageError = {
  status: 403,
  error: 'org_internal',
  description:
    'The OAuth client in the request is part of a project that limits access to the accounts of its own organization.',
};
