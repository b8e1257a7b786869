import { days } from '../clock.ts';
import type { Consent, NewConsent } from './consent-store.ts';
import type { Grant, NewGrant } from './store.ts';

/** What the stores decide about consents and grants, as pure functions. */

/**
 * Whether another request's prompt is still open.
 *
 * @param pending the person's pending consents in the space
 */
export function isPromptOpen(
  pending: readonly Pick<Consent, 'requestId' | 'expiresAt'>[],
  consent: NewConsent,
): boolean {
  return pending.some(
    ({ requestId, expiresAt }) => requestId !== consent.requestId && expiresAt > consent.createdAt,
  );
}

/** Whether it is over, and the same request opens a newer one: nobody needs to hear that its link has expired. */
export function isOutdated(
  { requestId, expiresAt }: Pick<Consent, 'requestId' | 'expiresAt'>,
  consent: NewConsent,
): boolean {
  return requestId === consent.requestId && expiresAt <= consent.createdAt;
}

/** Why a consent can't be completed; undefined if it can. */
export function refusal(
  consent: Consent | undefined,
  grant: NewGrant,
  now: number,
): 'unknown' | 'already-used' | 'expired' | undefined {
  if (consent === undefined || consent.user !== grant.user) return 'unknown';
  if (consent.status === 'used') return 'already-used';
  return consent.expiresAt > now ? undefined : 'expired';
}

/**
 * The grant to write. Its version is the time, or one more than the last version if the clock went backwards: so it also
 * grows when the last grant has been deleted, without keeping anything of it.
 */
export function nextGrant(
  grant: NewGrant,
  previous: Pick<Grant, 'version'> | undefined,
  now: number,
): Grant {
  const version = Math.max(now, (previous?.version ?? 0) + 1);
  return { ...grant, version, lastUsedAt: grant.grantedAt };
}

/** How coarsely uses of a grant are noted: one write a day is all that it costs. */
const USE_NOTED_EVERY_MS = days(1);

/** Whether a use is worth a note. */
export function isNewUse({ lastUsedAt }: Pick<Grant, 'lastUsedAt'>, at: number): boolean {
  return lastUsedAt === undefined || lastUsedAt + USE_NOTED_EVERY_MS <= at;
}

/** How long an expired consent stays: a late visitor then hears that the link has expired, and not that nobody knows it. */
export const EXPIRED_CONSENT_STAYS_MS = days(1);
