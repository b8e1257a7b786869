import { missingScopes } from '../../lib/authorization/scopes.ts';
import { textCard } from '../../lib/chat/cards.ts';
import type { Grant } from '../../lib/store/store.ts';
import { dayOf, type Language, listOf, permissionOf } from '../../lib/words/language.ts';
import type { AppCommand, Command, Request } from './command.ts';

/** Which account is connected, what it allows, since when, and which of the other commands it leaves off. */
export function status(commands: readonly Command[]): AppCommand {
  return {
    name: 'status',
    summary: (words) => words.status.summary,
    as: 'app',
    async run({ request, connection, reply }) {
      const words = request.language.words.status;
      if (connection.by === 'delegation') return await reply({ text: words.delegated });
      const { grant } = connection;
      if (grant === undefined) return await reply({ text: words.notConnected });
      return await reply({ card: statusCard(grant, request, commands) });
    },
  };
}

function statusCard(
  grant: Grant,
  { person, timeZone, language }: Request,
  commands: readonly Command[],
) {
  const words = language.words.status;
  const off = offLines(commands, grant, language);
  return textCard({
    title: words.title,
    paragraphs: [
      words.account(grant.email ?? person.email ?? person.displayName),
      words.since(dayOf(language, grant.grantedAt, timeZone)),
      words.permissions,
      ...grant.scopes.map((scope) => `• ${permissionOf(language, scope)}`),
      ...(off.length === 0 ? [] : [words.off, ...off]),
    ],
  });
}

/** One line for the commands that lack the same permissions. `connect` needs no line: to run it is to ask for them. */
function offLines(commands: readonly Command[], { scopes }: Grant, language: Language): string[] {
  const lacking = commands.flatMap((command) => {
    if (command.as === 'app' || command.only === 'consent') return [];
    const missing = missingScopes(command.scopes, scopes);
    if (missing.length === 0) return [];
    const permissions = missing.map((scope) => permissionOf(language, scope)).join(' ');
    return [{ name: command.name, permissions }];
  });
  const together = Map.groupBy(lacking, ({ permissions }) => permissions);
  return [...together].map(([permissions, group]) => {
    const names = group.map(({ name }) => name);
    return `• ${language.words.status.offLine(listOf(language, names), permissions)}`;
  });
}
