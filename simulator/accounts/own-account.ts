import { type Request, type RequestHandler, type Response, Router } from 'express';
import { sameOriginOnly } from '../guards.ts';
import type { SimulatedPerson } from '../world.ts';
import { audience } from './audience.ts';
import { formBody, formOf } from './form.ts';
import { pageHeaders } from './headers.ts';
import { accountPage, accountsPage } from './own-account-pages.ts';
import type { AccountsState } from './state.ts';
import type { Tokens } from './tokens.ts';

export interface OwnAccountDeps {
  appName: string;
  people: readonly SimulatedPerson[];
  organization: string;
  state: AccountsState;
  tokens: Tokens;
}

/**
 * What people see in their Google Account, `/accounts/{id}`: what the app may do, and how to end that. And `/accounts`: all of
 * them, with the app's audience, that one chooses in the Cloud console.
 */
export function ownAccount(deps: OwnAccountDeps): Router {
  const router = Router();
  router.use('/accounts', pageHeaders(''));
  router.get('/accounts', (_request, response) => {
    const { people, appName, organization, state } = deps;
    const accounts = people.map((person) => ({ person, granted: grantsOf(state, person) }));
    response.send(accountsPage({ appName, organization, accounts, audience: state.audience }));
  });
  router.post('/accounts/audience', sameOriginOnly, formBody, (request, response) => {
    const chosen = audience.safeParse(formOf(request).get('audience'));
    if (!chosen.success) {
      response.status(400).type('text').send('There is no such audience.\n');
      return;
    }
    deps.state.audience = chosen.data;
    deps.state.save();
    response.redirect(303, '/accounts');
  });
  router.get('/accounts/:id', withPerson(deps, showAccount));
  router.post('/accounts/:id/disconnect', sameOriginOnly, withPerson(deps, disconnect));
  return router;
}

type Handle = (deps: OwnAccountDeps, person: SimulatedPerson, response: Response) => void;

function withPerson(deps: OwnAccountDeps, handle: Handle): RequestHandler {
  return ({ params }: Request, response, next) => {
    const person = deps.people.find(({ id }) => id === params['id']);
    if (person === undefined) next();
    else handle(deps, person, response);
  };
}

const showAccount: Handle = ({ appName, state }, person, response) => {
  response.send(accountPage({ appName, person, granted: grantsOf(state, person) }));
};

/** All tokens die. The app is not told: it finds out when it uses one. */
const disconnect: Handle = ({ tokens }, person, response) => {
  tokens.endPerson(person.id);
  response.redirect(303, `/accounts/${person.id}`);
};

function grantsOf({ grants }: AccountsState, { id }: SimulatedPerson): readonly string[] {
  return grants.get(id) ?? [];
}
