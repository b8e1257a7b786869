import { type DocumentSnapshot, FieldValue, Timestamp } from '@google-cloud/firestore';
import type { UserName } from '../../names.ts';
import {
  EXPIRED_CONSENT_STAYS_MS,
  isOutdated,
  isPromptOpen,
  nextGrant,
  refusal,
} from '../consent-rules.ts';
import type { Consent, ConsentStore, NewConsent } from '../consent-store.ts';
import { consentRecord, parseRecord } from '../records.ts';
import type { Database } from './database.ts';
import { readGrant } from './grants.ts';

export function firestoreConsents(database: Database): ConsentStore {
  const { consents, requests } = database;
  const pendingOf = (user: UserName) =>
    consents.where('user', '==', user).where('status', '==', 'pending');
  const waitingOf = (user: UserName) =>
    requests.where('waited.user', '==', user).where('state', '==', 'waiting').select('since');

  return {
    async open(consent) {
      return database.transaction(async (transaction) => {
        const query = pendingOf(consent.user).where('space', '==', consent.space);
        const pending = (await transaction.get(query)).docs.map((document) => ({
          ref: document.ref,
          ...parseConsent(document),
        }));
        if (isPromptOpen(pending, consent)) return 'already-open';

        for (const before of pending) {
          if (isOutdated(before, consent)) transaction.delete(before.ref);
        }
        transaction.create(consents.doc(consent.ticketHash), toDocument(consent));
        return 'opened';
      });
    },

    async get(ticketHash) {
      return database.call(async () => readConsent(await consents.doc(ticketHash).get()));
    },

    async complete(ticketHash, grant, now) {
      return database.transaction(async (transaction) => {
        const consent = readConsent(await transaction.get(consents.doc(ticketHash)));
        const refused = refusal(consent, grant, now);
        if (refused !== undefined) return refused;

        const grantDocument = database.grant(grant.user);
        const [previous, pending, waiting] = await Promise.all([
          transaction.get(grantDocument),
          transaction.get(pendingOf(grant.user).select()),
          transaction.get(waitingOf(grant.user)),
        ]);
        transaction.set(grantDocument, nextGrant(grant, readGrant(previous), now));
        for (const { ref } of pending.docs) transaction.update(ref, { status: 'used' });
        // Due since they began to wait: who has waited longest comes first.
        for (const document of waiting.docs) {
          const dueAt: unknown = document.get('since');
          transaction.update(document.ref, {
            state: 'due',
            dueAt,
            dueSince: now,
            since: FieldValue.delete(),
          });
        }
        return 'completed';
      });
    },
  };
}

function toDocument(consent: NewConsent) {
  const expireAt = Timestamp.fromMillis(consent.expiresAt + EXPIRED_CONSENT_STAYS_MS);
  return { ...consent, status: 'pending', expireAt };
}

function readConsent(snapshot: DocumentSnapshot): Consent | undefined {
  return snapshot.exists ? parseConsent(snapshot) : undefined;
}

function parseConsent(snapshot: DocumentSnapshot): Consent {
  return parseRecord(consentRecord, 'consents', snapshot.data());
}
