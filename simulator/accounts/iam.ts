import express, { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Clock } from '../../src/lib/clock.ts';
import { loopbackOnly } from '../guards.ts';
import type { Secrets } from './secrets.ts';
import { type ServiceAccount, verifyServiceAccountJwt } from './service-account.ts';
import { type SigningKey, signJwt } from './signing-key.ts';

export interface IamDeps {
  serviceAccount: ServiceAccount;
  /** Google's own key of the service account. */
  signingKey: SigningKey;
  secrets: Secrets;
  clock: Clock;
}

const SCOPES = ['cloud-platform', 'iam'].map((name) => `https://www.googleapis.com/auth/${name}`);

const payload = z.record(z.string(), z.unknown());
const signRequest = z.strictObject({
  payload: z.string(),
  delegates: z.array(z.never()).optional(),
});

/** `POST /v1/projects/-/serviceAccounts/{email}:signJwt`, for the service account itself (IAM Credentials API). */
export function iamApi({ serviceAccount, signingKey, secrets, clock }: IamDeps): Router {
  const router = Router();
  const path = /^\/v1\/projects\/-\/serviceAccounts\/([^/]+):signJwt$/;
  router.post(path, loopbackOnly, express.json(), (request, response) => {
    const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const caller = verifyServiceAccountJwt(bearer, serviceAccount, clock);
    if (caller === undefined) {
      refuse(response, 401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');
      return;
    }
    secrets.note(bearer);
    if (!caller.scopes.some((scope) => SCOPES.includes(scope))) {
      const message = 'Request had insufficient authentication scopes.';
      refuse(response, 403, 'PERMISSION_DENIED', message);
      return;
    }
    if (decodeURIComponent(request.params[0] ?? '') !== serviceAccount.clientEmail) {
      const message =
        "Permission 'iam.serviceAccounts.signJwt' denied on resource (or it may not exist).";
      refuse(response, 403, 'PERMISSION_DENIED', message);
      return;
    }
    const claims = readPayload(request);
    if (claims === undefined) {
      refuse(response, 400, 'INVALID_ARGUMENT', 'Request contains an invalid argument.');
      return;
    }
    const signedJwt = secrets.note(signJwt(signingKey, claims));
    response.json({ keyId: signingKey.id, signedJwt });
  });
  return router;
}

/** The JWT's claims are JSON within JSON. */
function readPayload(request: Request): z.infer<typeof payload> | undefined {
  const body: unknown = request.body;
  const read = signRequest.safeParse(body);
  try {
    return payload.safeParse(JSON.parse(read.data?.payload ?? '')).data;
  } catch {
    return undefined;
  }
}

function refuse(response: Response, code: number, status: string, message: string): void {
  response.status(code).json({ error: { code, message, status } });
}
