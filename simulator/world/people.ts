import type { SimulatedApp, SimulatedPerson } from '../world.ts';

/** The Workspace domain of the people, and of the app's project. */
export const ORGANIZATION = 'example.com';

/** Ids have 21 digits, as those of Google accounts. */
export const ANA: SimulatedPerson = {
  id: '104729183640527391846',
  displayName: 'Ana',
  email: 'ana@example.com',
  domain: ORGANIZATION,
  locale: 'en',
  timeZone: 'America/New_York',
};

export const BRUNO: SimulatedPerson = {
  id: '117305829461037284950',
  displayName: 'Bruno',
  email: 'bruno@example.com',
  domain: ORGANIZATION,
  locale: 'pt-BR',
  timeZone: 'America/Sao_Paulo',
};

export const POSTERN: SimulatedApp = { id: '103582746190285736401', displayName: 'Postern' };
export const ECHO: SimulatedApp = { id: '108264917350482619735', displayName: 'Echo' };

/** A user as Chat's events show one: with the fields that its API reference leaves out, too. */
export interface ChatUser {
  name: string;
  displayName: string;
  avatarUrl: string;
  /** People only. */
  email?: string;
  type: 'HUMAN' | 'BOT';
  /** People only: an opaque id of their Workspace. */
  domainId?: string;
}

export function personAsUser(person: SimulatedPerson): ChatUser {
  return {
    name: userNameOf(person),
    displayName: person.displayName,
    avatarUrl: `https://lh3.googleusercontent.com/a/simulated-${person.id}`,
    email: person.email,
    type: 'HUMAN',
    domainId: '3simu1ated',
  };
}

export function appAsUser(app: SimulatedApp): ChatUser {
  return {
    name: userNameOf(app),
    displayName: app.displayName,
    avatarUrl: `https://lh3.googleusercontent.com/a/simulated-${app.id}`,
    type: 'BOT',
  };
}

export function userNameOf({ id }: { id: string }): string {
  return `users/${id}`;
}
