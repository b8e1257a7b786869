import type { chat_v1 } from '@googleapis/chat';
import type { ConfiguredCommand } from '../world.ts';
import type { ChatUser } from './people.ts';

/** What a message's text is made of. */
export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'mention'; user: ChatUser; type: 'MENTION' | 'ADD' }
  | { kind: 'everybody' }
  | { kind: 'command'; command: ConfiguredCommand; app: ChatUser };

/** The fields of a message that say the same text in different ways. */
export type Rendered = Pick<
  chat_v1.Schema$Message,
  'text' | 'formattedText' | 'argumentText' | 'annotations'
>;

/** What a person types: `@Name` of one of `mentionable` is a mention, longer names first. */
export function typedParts(text: string, mentionable: readonly ChatUser[]): Part[] {
  const users = mentionable.toSorted((a, b) => b.displayName.length - a.displayName.length);
  if (users.length === 0) return [{ kind: 'text', text }];
  const names = users.map((user) => escapeRegExp(user.displayName)).join('|');
  const mention = new RegExp(String.raw`(?<![\p{L}\p{N}_.])@(${names})(?![\p{L}\p{N}_])`, 'giu');
  return split(text, mention, (name) => {
    const user = users.find((one) => one.displayName.toLowerCase() === name.toLowerCase());
    return user && { kind: 'mention', user, type: 'MENTION' };
  });
}

/** What the API is given: `<users/{id}>` and `<users/all>` are mentions (format-messages guide). */
export function markedUpParts(
  text: string,
  userByName: (name: string) => ChatUser | undefined,
): Part[] {
  return split(text, /<(users\/[\w.@+-]+)>/gu, (name) => {
    if (name === 'users/all') return { kind: 'everybody' };
    const user = userByName(name);
    return user && { kind: 'mention', user, type: 'MENTION' };
  });
}

/** The slash command that a typed text begins with. */
export function commandIn(
  text: string,
  commands: readonly ConfiguredCommand[],
): ConfiguredCommand | undefined {
  return commands.find(({ name }) => text === `/${name}` || text.startsWith(`/${name} `));
}

export function render(parts: readonly Part[]): Rendered {
  let text = '';
  let formattedText = '';
  let argumentText = '';
  const annotations: chat_v1.Schema$Annotation[] = [];
  for (const part of parts) {
    const plain = plainText(part);
    const annotation = annotate(part);
    // Indices count UTF-16 units, as JavaScript does (chat-platform.md, section 1).
    if (annotation)
      annotations.push({ ...annotation, startIndex: text.length, length: plain.length });
    text += plain;
    formattedText += formatted(part);
    if (!isForApps(part)) argumentText += plain;
  }
  return {
    text,
    ...(annotations.length > 0 ? { annotations } : {}),
    // Leading spaces stay; when only mentions were written, Chat leaves the field out.
    ...(argumentText.trim() === '' ? {} : { argumentText }),
    formattedText,
  };
}

function split(text: string, pattern: RegExp, toPart: (match: string) => Part | undefined): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const part = toPart(match[1] ?? '');
    if (part === undefined) continue;
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    parts.push(part);
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

function plainText(part: Part): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'mention':
      return `@${part.user.displayName}`;
    case 'everybody':
      return '@all';
    case 'command':
      return `/${part.command.name}`;
  }
}

/** People are mentioned by id, apps by name: so the captures have it. */
function formatted(part: Part): string {
  if (part.kind === 'everybody') return '<users/all>';
  if (part.kind === 'mention' && part.user.type === 'HUMAN') return `<${part.user.name}>`;
  return plainText(part);
}

function isForApps(part: Part): boolean {
  return part.kind === 'command' || (part.kind === 'mention' && part.user.type === 'BOT');
}

function annotate(part: Part): chat_v1.Schema$Annotation | undefined {
  switch (part.kind) {
    case 'text':
      return undefined;
    case 'mention':
      return { type: 'USER_MENTION', userMention: { user: part.user, type: part.type } };
    case 'everybody':
      return {
        type: 'USER_MENTION',
        userMention: { user: { name: 'users/all', type: 'HUMAN' }, type: 'MENTION' },
      };
    case 'command':
      return {
        type: 'SLASH_COMMAND',
        slashCommand: {
          bot: part.app,
          type: 'INVOKE',
          commandName: `/${part.command.name}`,
          commandId: String(part.command.id),
        },
      };
  }
}
