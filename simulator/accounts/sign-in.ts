import { join } from 'node:path';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { sameOriginOnly } from '../guards.ts';
import type { SimulatedPerson } from '../world.ts';
import { obstacleFor } from './audience.ts';
import { type AuthorizationRequest, readAuthorizationRequest } from './authorization-request.ts';
import type { Codes } from './codes.ts';
import { formBody, formOf, queryOf } from './form.ts';
import { pageHeaders } from './headers.ts';
import { STYLES_PATH } from './layout.ts';
import { type OAuthClient, redirectSources } from './oauth-client.ts';
import { chooserPage, consentPage, errorPage, warningPage } from './pages.ts';
import { isSensitive } from './scopes.ts';
import type { Secrets } from './secrets.ts';
import type { AccountsState } from './state.ts';

export interface SignInDeps {
  clients: readonly OAuthClient[];
  /** As on the consent page. */
  appName: string;
  people: readonly SimulatedPerson[];
  /** The Workspace domain that the app belongs to. */
  organization: string;
  state: AccountsState;
  codes: Codes;
  secrets: Secrets;
  issuer: () => string;
}

const ASSETS = join(import.meta.dirname, 'assets');
const CHOOSER_PATH = '/o/oauth2/v2/auth';
const CONSENT_PATH = '/signin/oauth/consent';
/** Ours, beside those of the request: who was chosen, and whether that person goes on though the app is not verified. */
const CHOSEN = 'chosen_account';
const UNSAFE = 'unsafe';

/**
 * The pages on which a person chooses an account and consents. Every page carries the whole request in its URL and checks it
 * again, so that there is nothing to keep between them.
 */
export function signIn(deps: SignInDeps): Router {
  const router = Router();
  // The form may lead to the app: browsers hold redirects against `form-action` too.
  router.use([CHOOSER_PATH, '/signin'], pageHeaders(redirectSources(deps.clients)));
  router.use(STYLES_PATH, express.static(ASSETS, { index: false, redirect: false }));
  router.get(CHOOSER_PATH, withRequest(deps, showChooser));
  router.get(CONSENT_PATH, withRequest(deps, withPerson(showConsent)));
  router.post(CONSENT_PATH, sameOriginOnly, formBody, withRequest(deps, withPerson(takeDecision)));
  return router;
}

interface Asked {
  deps: SignInDeps;
  asked: AuthorizationRequest;
  query: URLSearchParams;
  request: Request;
  response: Response;
}

/** Checks the request, and answers itself when it is no good. */
function withRequest(deps: SignInDeps, handle: (asked: Asked) => void): RequestHandler {
  return (request, response) => {
    const query = queryOf(request);
    deps.secrets.note(query.get('state') ?? '');
    const read = readAuthorizationRequest(query, deps.clients);
    switch (read.kind) {
      case 'page':
        response.status(read.error.status).send(errorPage(deps.appName, read.error));
        break;
      case 'redirect':
        sendBack(deps, response, read, { error: read.error });
        break;
      case 'good':
        handle({ deps, asked: read.request, query, request, response });
    }
  };
}

function showChooser({ deps, asked, query, response }: Asked): void {
  const { people, state, appName } = deps;
  const hinted = people.find(
    ({ id, email }) => asked.loginHint === id || asked.loginHint === email,
  );
  if (asked.prompts.has('none')) {
    if (hinted !== undefined && newScopes(state, hinted, asked).length === 0) {
      approve({ deps, asked, response }, hinted, asked.scopes);
    } else {
      sendBack(deps, response, asked, { error: 'interaction_required' });
    }
    return;
  }
  const proposed = people.filter(({ domain }) => !asked.domain || domain === asked.domain);
  response.send(
    chooserPage({
      appName,
      people: proposed,
      preselected: proposed.find((person) => person === hinted),
      linkTo: ({ id }) => pageUrl(CONSENT_PATH, query, { [CHOSEN]: id }),
    }),
  );
}

interface AskedPerson extends Asked {
  person: SimulatedPerson;
}

/** Finds out who was chosen, and lets pass whom the app is for. */
function withPerson(handle: (asked: AskedPerson) => void): (asked: Asked) => void {
  return (asked) => {
    const { deps, query, response } = asked;
    const person = deps.people.find(({ id }) => id === query.get(CHOSEN));
    if (person === undefined) {
      response.redirect(303, pageUrl(CHOOSER_PATH, query));
      return;
    }
    const { state, organization, appName } = deps;
    const obstacle = obstacleFor({ audience: state.audience, organization }, person, asked.asked);
    if (obstacle?.kind === 'page') {
      response.status(obstacle.error.status).send(errorPage(appName, obstacle.error));
    } else if (obstacle?.kind === 'warning' && !query.has(UNSAFE)) {
      const onward = pageUrl(CONSENT_PATH, query, { [CHOSEN]: person.id, [UNSAFE]: 'yes' });
      response.send(warningPage({ appName, onward, back: pageUrl(CHOOSER_PATH, query) }));
    } else {
      handle({ ...asked, person });
    }
  };
}

function showConsent({ deps, asked, query, response, person }: AskedPerson): void {
  const missing = newScopes(deps.state, person, asked);
  if (missing.length === 0 && !asked.prompts.has('consent')) {
    approve({ deps, asked, response }, person, asked.scopes);
    return;
  }
  response.send(
    consentPage({
      appName: deps.appName,
      person,
      asked: missing,
      granted: asked.scopes.filter((scope) => !missing.includes(scope)),
      action: `${CONSENT_PATH}?${query.toString()}`,
      chooserLink: pageUrl(CHOOSER_PATH, query),
    }),
  );
}

function takeDecision({ deps, asked, request, response, person }: AskedPerson): void {
  const form = formOf(request);
  if (form.get('decision') !== 'continue') {
    sendBack(deps, response, asked, { error: 'access_denied' });
    return;
  }
  const ticked = form.getAll('scope');
  const before = deps.state.grants.get(person.id) ?? [];
  const granted = asked.scopes.filter(
    (scope) => !isSensitive(scope) || ticked.includes(scope) || before.includes(scope),
  );
  approve({ deps, asked, response }, person, granted);
}

/** Keeps what was granted, and sends the person back with a code for it. */
function approve(
  { deps, asked, response }: Pick<Asked, 'deps' | 'asked' | 'response'>,
  person: SimulatedPerson,
  granted: readonly string[],
): void {
  const { state, codes, secrets } = deps;
  const before = state.grants.get(person.id);
  const all = [...new Set([...granted, ...(before ?? [])])];
  state.grants.set(person.id, all);
  state.save();
  const scopes = asked.includeGrantedScopes ? all : granted;
  const code = codes.issue({
    userId: person.id,
    clientId: asked.clientId,
    scopes,
    redirectUri: asked.redirectUri,
    nonce: asked.nonce,
    challenge: asked.challenge,
    // Web-server guide, "Refreshing an access token": only the first time, unless the person was asked again.
    refreshable: asked.offline && (before === undefined || asked.prompts.has('consent')),
  });
  sendBack(deps, response, asked, {
    code: secrets.note(code),
    scope: scopes.join(' '),
    authuser: '0',
    hd: person.domain,
    prompt: asked.prompts.has('consent') ? 'consent' : 'none',
  });
}

/** To the app, with the state as it came, and with who we are (RFC 9207; Google does it for some). */
function sendBack(
  { issuer }: SignInDeps,
  response: Response,
  { redirectUri, state }: { redirectUri: string; state: string | undefined },
  parameters: Readonly<Record<string, string>>,
): void {
  const url = new URL(redirectUri);
  if (state !== undefined) url.searchParams.set('state', state);
  url.searchParams.set('iss', issuer());
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  response.redirect(303, url.href);
}

function newScopes(
  state: AccountsState,
  person: SimulatedPerson,
  { scopes }: AuthorizationRequest,
): string[] {
  const granted = state.grants.get(person.id) ?? [];
  return scopes.filter((scope) => !granted.includes(scope));
}

/** With the request, and with these of our own parameters. */
function pageUrl(path: string, query: URLSearchParams, own: Record<string, string> = {}): string {
  const parameters = new URLSearchParams(query);
  for (const name of [CHOSEN, UNSAFE]) parameters.delete(name);
  for (const [name, value] of Object.entries(own)) parameters.set(name, value);
  return `${path}?${parameters.toString()}`;
}
