import type { SimulatedPerson } from '../world.ts';
import type { Audience } from './audience.ts';
import { type Html, html, NOTHING } from './html.ts';
import { avatar, layout, plainList } from './layout.ts';
import { isSensitive } from './scopes.ts';

const HEADER = html`<nav aria-label="Simulator">
<a href="/">Chat</a> <a href="/side-by-side">Side by side</a> <a href="/inspector">Inspector</a>
<a href="/weather">Weather</a> <a href="/accounts">Accounts</a>
</nav>`;

interface Account {
  person: SimulatedPerson;
  /** The scopes that this person has granted to the app. */
  granted: readonly string[];
}

/** Whose account to look at, and for whom the app is. */
export function accountsPage(content: {
  appName: string;
  organization: string;
  accounts: readonly Account[];
  audience: Audience;
}): string {
  const { appName, organization, accounts, audience } = content;
  return layout(
    'Google accounts',
    html`<div class="intro">
<h1>Google accounts</h1>
<ul class="accounts">
${accounts.map((account) => accountRow(appName, account))}
</ul>
</div>
<form class="choice" method="post" action="/accounts/audience">
<fieldset>
<legend>For whom ${appName} is</legend>
<p>As chosen in the Cloud console, on the consent screen’s page “Audience”.</p>
${AUDIENCES.map(([value, title, meaning]) => audienceRow(value, title, meaning(organization), audience))}
</fieldset>
<div class="buttons"><button class="main">Save</button></div>
</form>`,
    HEADER,
  );
}

const AUDIENCES: readonly [Audience, string, (organization: string) => string][] = [
  ['internal', 'Internal', (organization) => `Only accounts of ${organization}.`],
  ['unverified', 'External, not verified', () => '“Google hasn’t verified this app” comes first.'],
  ['verified', 'External, verified', () => 'Any Google account.'],
];

function accountRow(appName: string, { person, granted }: Account): Html {
  const state = granted.some(isSensitive) ? `${appName} has access` : `${appName} has no access`;
  return html`<li><a href="/accounts/${person.id}">${avatar(person)}
<span><strong>${person.displayName}</strong><small>${person.email} · ${state}</small></span></a></li>`;
}

function audienceRow(value: Audience, title: string, meaning: string, chosen: Audience): Html {
  const mark = value === chosen ? html` checked` : NOTHING;
  return html`<label><span>${title}<small>${meaning}</small></span>
<input type="radio" name="audience" value="${value}"${mark}></label>`;
}

/** "Your connections to third-party apps & services". */
export function accountPage({ appName, person, granted }: Account & { appName: string }): string {
  return layout(
    `Third-party connections of ${person.displayName}`,
    html`<div class="intro">
<h1>Third-party connections</h1>
<p class="account">${avatar(person)}<span>${person.email}</span></p>
</div>
<div class="choice">
${granted.length === 0 ? html`<p>No app has access to this account.</p>` : connection(appName, person, granted)}
</div>`,
    HEADER,
  );
}

function connection(appName: string, { id }: SimulatedPerson, granted: readonly string[]): Html {
  return html`${plainList(`${appName} has some access to this account`, granted)}
<form method="post" action="/accounts/${id}/disconnect">
<div class="buttons"><button>Delete all connections with ${appName}</button></div>
</form>`;
}
