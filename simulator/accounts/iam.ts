import express, { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Clock } from '../../src/lib/clock.ts';
import { loopbackOnly } from '../guards.ts';
import type { Federation, Workload } from './federation.ts';
import { doubledField, formBody, formOf } from './form.ts';
import { answerRefusal, OAuthRefusal } from './refusal.ts';
import type { Secrets } from './secrets.ts';
import { type ServiceAccount, verifyServiceAccountJwt } from './service-account.ts';
import { type SigningKey, signJwt } from './signing-key.ts';

export interface IamDeps {
  serviceAccount: ServiceAccount;
  /** Google's own key of the service account. */
  signingKey: SigningKey;
  federation: Federation;
  secrets: Secrets;
  clock: Clock;
}

const SCOPES = ['cloud-platform', 'iam'].map((name) => `https://www.googleapis.com/auth/${name}`);

const payload = z.record(z.string(), z.unknown());
const delegates = z.array(z.never()).optional();
const signRequest = z.strictObject({ payload: z.string(), delegates });
const tokenRequest = z.strictObject({
  scope: z.array(z.url()).min(1),
  /** An hour at most, unless an organization allows more. */
  lifetime: z
    .string()
    .regex(/^\d+s$/)
    .refine((text) => Number.parseInt(text, 10) <= 3600)
    .optional(),
  delegates,
});

/**
 * What Google has for workloads, of which three methods: `POST /v1/token` of the Security Token Service, and `signJwt` and
 * `generateAccessToken` of the IAM Credentials API, both below `/v1/projects/-/serviceAccounts/{email}`. The service account may
 * act as itself, and so may whoever comes by federation get its tokens.
 */
export function iamApi(deps: IamDeps): Router {
  const { serviceAccount, signingKey, federation, secrets, clock } = deps;
  const router = Router();
  router.post('/v1/token', loopbackOnly, formBody, (request, response) => {
    const form = formOf(request);
    const doubled = doubledField(form);
    if (doubled !== undefined) {
      throw new OAuthRefusal(400, 'invalid_request', `Given more than once: ${doubled}`);
    }
    response.json(federation.exchange(form));
  });
  router.use('/v1/token', answerRefusal);

  const callerOf = (request: Request): Workload | undefined => {
    const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const account = verifyServiceAccountJwt(bearer, serviceAccount, clock);
    if (account === undefined) return federation.find(bearer);
    secrets.note(bearer);
    return { kind: 'service-account', scopes: account.scopes };
  };
  const method = <T>(
    name: string,
    isAllowed: (caller: Workload) => boolean,
    read: (body: unknown) => T | undefined,
    answer: (given: T) => object,
  ): void => {
    const path = new RegExp(`^/v1/projects/-/serviceAccounts/([^/]+):${name}$`);
    router.post(path, loopbackOnly, express.json(), (request, response) => {
      const caller = callerOf(request);
      if (caller === undefined) {
        const message = 'Request had invalid authentication credentials.';
        return refuse(response, 401, 'UNAUTHENTICATED', message);
      }
      if (!caller.scopes.some((scope) => SCOPES.includes(scope))) {
        const message = 'Request had insufficient authentication scopes.';
        return refuse(response, 403, 'PERMISSION_DENIED', message);
      }
      const account = decodeURIComponent(request.params[0] ?? '');
      if (!isAllowed(caller) || account !== serviceAccount.clientEmail) {
        const message = `Permission 'iam.serviceAccounts.${name}' denied on resource (or it may not exist).`;
        return refuse(response, 403, 'PERMISSION_DENIED', message);
      }
      const given = read(request.body);
      if (given !== undefined) return response.json(answer(given));
      return refuse(response, 400, 'INVALID_ARGUMENT', 'Request contains an invalid argument.');
    });
  };

  method(
    'signJwt',
    ({ kind }) => kind === 'service-account',
    readPayload,
    (claims) => ({
      keyId: signingKey.id,
      signedJwt: secrets.note(signJwt(signingKey, claims)),
    }),
  );
  method(
    'generateAccessToken',
    () => true,
    (body) => tokenRequest.safeParse(body).data,
    ({ scope }) => {
      const { token, expiresAt } = federation.issue({ kind: 'service-account', scopes: scope });
      return { accessToken: token, expireTime: new Date(expiresAt).toISOString() };
    },
  );
  return router;
}

/** The JWT's claims are JSON within JSON. */
function readPayload(body: unknown): z.infer<typeof payload> | undefined {
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
