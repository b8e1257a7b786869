import type { chat_v1 } from '@googleapis/chat';
import type { Words } from '../words/en.ts';
import { type Language, permissionOf } from '../words/language.ts';
import type { Card } from './chat.ts';

/** Why somebody is asked for their consent. */
export type ConnectReason = keyof Words['connectCard']['why'];

type Widget = chat_v1.Schema$GoogleAppsCardV1Widget;

/**
 * Asks a person to connect their account. To be shown to that person only.
 *
 * @param prompt.url the consent link. Whoever has it can answer in the person's place, as far as Google lets them
 * @param prompt.reason why they are asked now
 * @param prompt.scopes what they are asked for, without what they have given already
 */
export function connectCard(
  prompt: { url: string; reason: ConnectReason; scopes: readonly string[] },
  language: Language,
): Card {
  const words = language.words.connectCard;
  const permissions = prompt.scopes.map((scope) => listItem(permissionOf(language, scope)));
  const button = {
    text: words.button,
    type: 'FILLED',
    onClick: { openLink: { url: prompt.url } },
  };
  return {
    header: { title: words.title },
    sections: [
      { widgets: [paragraph(words.why[prompt.reason])] },
      { header: header(words, prompt.reason), widgets: permissions },
      { widgets: [paragraph(words.privacy), { buttonList: { buttons: [button] } }] },
    ],
  };
}

function header(words: Words['connectCard'], reason: ConnectReason): string {
  return reason === 'permission-missing' ? words.missing : words.permissions;
}

/**
 * Takes the place of {@link connectCard}, once the person has consented.
 *
 * @param account.email of the account that was connected, if known
 * @param account.missing the scopes that the card had asked for, and that were not given
 */
export function connectedCard(
  { email, missing }: { email?: string | undefined; missing: readonly string[] },
  language: Language,
): Card {
  const { title, thanks, account, off, undo } = language.words.connectedCard;
  return textCard({
    title,
    paragraphs: [
      thanks,
      ...(email === undefined ? [] : [account(email)]),
      ...(missing.length === 0 ? [] : [off]),
      ...missing.map((scope) => `• ${permissionOf(language, scope)}`),
      undo,
    ],
  });
}

/** A card that only says something. Title and paragraphs are plain text: what looks like markup is shown as it is. */
export function textCard(content: { title: string; paragraphs: readonly string[] }): Card {
  return {
    header: { title: content.title },
    sections: [{ widgets: content.paragraphs.map(paragraph) }],
  };
}

/** Plain text: what looks like markup is shown as it is. */
export function paragraph(text: string): Widget {
  return { textParagraph: { text: escapeHtml(text) } };
}

function listItem(text: string): Widget {
  return {
    decoratedText: {
      startIcon: { materialIcon: { name: 'check' } },
      text: escapeHtml(text),
      wrapText: true,
    },
  };
}

/** Text in cards is a subset of HTML (chat-platform.md, section 9). A card's title is not. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
