import assert from 'node:assert/strict';
import type { Credentials } from '../../simulator/credentials.ts';
import type { Google } from '../../simulator/google.ts';
import { createRegistry } from '../../src/subscriber/commands/registry.ts';
import { consentLink } from '../end-to-end/messages.ts';

export interface Confidences {
  google: Google;
  credentials: Credentials;
}

/** Shorter texts could be anything. */
const TELLING = 8;

/** These could be, too: a stack names the file of each. */
const COMMANDS: ReadonlySet<string> = new Set(createRegistry().names);

/** No secret of Google's or of ours, and no text of a message, is in what the processes print. */
export function assertDiscreet(output: string, confidences: Confidences): void {
  assert.deepEqual(told(output, confidences), [], 'printed by the processes');
}

/** Those secrets and texts that `output` has in clear. */
export function told(output: string, { google, credentials }: Confidences): string[] {
  return [...secretsOf(google, credentials), ...textsIn(google)].filter((secret) =>
    output.includes(secret),
  );
}

/**
 * Tokens, codes, verifiers and assertions; tickets, of the links that nobody opened, too; webhooks' tokens; both clients'
 * secrets, the keys of the store, data keys under Cloud KMS, and the service account's key, line by line, as JSON may break
 * them in its own way.
 */
export function secretsOf({ accounts, kms, world }: Google, credentials: Credentials): string[] {
  const links = messagesOf(world).flatMap((message) => consentLink(message) ?? []);
  return [
    ...accounts.issuedSecrets(),
    ...kms.secrets,
    ...links.flatMap((link) => new URL(link).searchParams.get('state') ?? []),
    ...world.webhooks().map(({ token }) => token.replace('=', '')),
    credentials.oauthClient.clientSecret,
    credentials.desktopClient.clientSecret,
    ...credentials.tokenKeys.split(',').map((entry) => entry.slice(entry.indexOf(':') + 1)),
    ...credentials.serviceAccount.privateKeyPem
      .split('\n')
      .filter((line) => line.length > TELLING && !line.startsWith('---')),
  ];
}

function textsIn({ world }: Google): string[] {
  return messagesOf(world)
    .flatMap(({ resource }) => [resource.text, resource.formattedText, resource.argumentText])
    .map((text) => text?.trim() ?? '')
    .filter((text) => text.length > TELLING && !COMMANDS.has(text));
}

function messagesOf(world: Google['world']): ReturnType<Google['world']['messages']> {
  return world.spaces().flatMap(({ resource }) => world.messages(resource.name));
}
