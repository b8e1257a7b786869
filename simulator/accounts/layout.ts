import type { SimulatedPerson } from '../world.ts';
import { type Html, html, NOTHING } from './html.ts';
import { wordingOf } from './scopes.ts';

/** Where the pages' style sheets are served. */
export const STYLES_PATH = '/signin/assets';

const SIGN_IN = html`Sign in with Google`;

/** A page of Google's accounts. */
export function layout(title: string, content: Html, header: Html = SIGN_IN): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Simulated Google Accounts</title>
<link rel="stylesheet" href="${STYLES_PATH}/sign-in.css">
<link rel="stylesheet" href="${STYLES_PATH}/account.css">
<link rel="stylesheet" href="${STYLES_PATH}/consent.css">
<link rel="stylesheet" href="${STYLES_PATH}/own-account.css">
</head>
<body>
<main>
<header>${header}</header>
<div class="columns">
${content}
</div>
</main>
<footer>A simulator on this machine. No real account is involved, and nothing leaves your laptop.</footer>
</body>
</html>
`.markup;
}

/** Somebody's initial. */
export function avatar({ displayName }: SimulatedPerson): Html {
  return html`<span class="avatar" aria-hidden="true">${displayName.slice(0, 1)}</span>`;
}

/** What scopes let an app do, one below the other. */
export function plainList(title: string, scopes: readonly string[]): Html {
  if (scopes.length === 0) return NOTHING;
  return html`<h2>${title}</h2>
<ul class="plain">
${scopes.map((scope) => html`<li>${wordingOf(scope)}</li>`)}
</ul>`;
}
