import type { SimulatedPerson } from '../world.ts';
import type { PageError } from './authorization-request.ts';
import { type Html, html, NOTHING } from './html.ts';
import { avatar, layout, plainList } from './layout.ts';
import { isSensitive, wordingOf } from './scopes.ts';

export interface ChooserContent {
  appName: string;
  people: readonly SimulatedPerson[];
  /** Whom the app expects. */
  preselected: SimulatedPerson | undefined;
  /** Where choosing a person leads. */
  linkTo: (person: SimulatedPerson) => string;
}

/** "Choose an account": whom the app expects comes first, and has the focus. */
export function chooserPage({ appName, people, preselected, linkTo }: ChooserContent): string {
  const others = people.filter((person) => person !== preselected);
  const rows = [
    ...(preselected === undefined ? [] : [accountRow(preselected, linkTo(preselected), true)]),
    ...others.map((person) => accountRow(person, linkTo(person), false)),
  ];
  return layout(
    'Choose an account',
    html`<div class="intro">
<h1>Choose an account</h1>
<p>to continue to <strong>${appName}</strong></p>
</div>
<div class="choice">
<ul class="accounts">
${rows}
</ul>
</div>`,
  );
}

function accountRow(person: SimulatedPerson, link: string, isPreselected: boolean): Html {
  const mark = isPreselected ? html` autofocus aria-current="true"` : NOTHING;
  return html`<li><a href="${link}" data-user="${person.id}"${mark}>${avatar(person)}
<span><strong>${person.displayName}</strong><small>${person.email}</small></span></a></li>`;
}

export interface ConsentContent {
  appName: string;
  person: SimulatedPerson;
  /** What is asked for, and not granted yet. */
  asked: readonly string[];
  /** What is asked for, and was granted before. */
  granted: readonly string[];
  /** Where the answer goes. */
  action: string;
  /** Back to the account chooser. */
  chooserLink: string;
}

/** "Postern wants access": a box for each sensitive scope, and none of them ticked (granular permissions guide). */
export function consentPage(content: ConsentContent): string {
  const { appName, person, asked, granted, action, chooserLink } = content;
  const boxes = asked.filter(isSensitive);
  const identity = [...asked, ...granted].filter((scope) => !isSensitive(scope));
  return layout(
    `${appName} wants access to your Google Account`,
    html`<div class="intro">
<h1>${appName} wants access to your Google Account</h1>
<a class="account" href="${chooserLink}">${avatar(person)}
<span>${person.email}<span class="hidden">: switch account</span></span><span aria-hidden="true">▾</span></a>
</div>
<form class="choice" method="post" action="${action}">
${boxes.length === 0 ? NOTHING : permissions(appName, boxes)}
${plainList(`${appName} will also be able to`, identity)}
${plainList(`${appName} already has access to`, granted.filter(isSensitive))}
<h2>Make sure you trust ${appName}</h2>
<p>You may be sharing sensitive info with this site or app. You can always see or remove access in your Google Account.</p>
<div class="buttons">
<button name="decision" value="cancel">Cancel</button>
<button name="decision" value="continue" class="main">Continue</button>
</div>
</form>`,
  );
}

function permissions(appName: string, scopes: readonly string[]): Html {
  const rows = scopes.map(
    (scope) => html`<label><span>${wordingOf(scope)}</span>
<input type="checkbox" name="scope" value="${scope}"></label>`,
  );
  return html`<fieldset>
<legend>Select what ${appName} can access</legend>
${rows}
</fieldset>`;
}

/** "Access blocked": the person sees it, the app doesn't. */
export function errorPage(appName: string, { status, error, description }: PageError): string {
  return layout(
    'Access blocked',
    html`<div class="intro">
<h1>Access blocked: this app’s request is invalid</h1>
</div>
<div class="choice">
<p>You can’t sign in because ${appName} sent an invalid request. If you are a developer of this app, see the details.</p>
<p class="error">Error ${String(status)}: ${error}</p>
<p>${description}</p>
</div>`,
  );
}

export interface WarningContent {
  appName: string;
  /** Where somebody goes who trusts the app all the same. */
  onward: string;
  back: string;
}

/** "Google hasn’t verified this app": the way on is below "Advanced", as Google has it. */
export function warningPage({ appName, onward, back }: WarningContent): string {
  return layout(
    'Google hasn’t verified this app',
    html`<div class="intro">
<h1>Google hasn’t verified this app</h1>
</div>
<div class="choice">
<p>The app is requesting access to sensitive info in your Google Account. Until its developer verifies it with Google, you shouldn’t use it.</p>
<p><a class="button main" href="${back}">Back to safety</a></p>
<details>
<summary>Advanced</summary>
<p>Continue only if you understand the risks and trust the developer.</p>
<p><a class="underlined" href="${onward}">Go to ${appName} (unsafe)</a></p>
</details>
</div>`,
  );
}
