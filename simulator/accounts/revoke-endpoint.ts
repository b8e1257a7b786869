import { Router } from 'express';
import { formBody, formOf, queryOf } from './form.ts';
import { answerRefusal, OAuthRefusal, required } from './refusal.ts';
import type { Tokens } from './tokens.ts';

/**
 * `POST /revoke` with an access or a refresh token, in the body or the query. Ends everything that its person has granted to
 * the app, not only what this token could do (web-server guide, "Revoking a token").
 */
export function revokeEndpoint(tokens: Tokens): Router {
  const router = Router();
  router.post('/revoke', formBody, (request, response) => {
    const form = formOf(request);
    const token = required(form.has('token') ? form : queryOf(request), 'token');
    const found = tokens.findRefresh(token) ?? tokens.findAccess(token);
    if (found === undefined) {
      throw new OAuthRefusal(400, 'invalid_token', 'Token expired or revoked');
    }
    tokens.endPerson(found.userId);
    response.json({});
  });
  router.use('/revoke', answerRefusal);
  return router;
}
