import type { Consents } from '../lib/authorization/consent.ts';
import { missingScopes } from '../lib/authorization/scopes.ts';
import { type ConnectReason, connectCard, connectedCard } from '../lib/chat/cards.ts';
import type { ChatAsApp } from '../lib/chat/chat.ts';
import type { Clock } from '../lib/clock.ts';
import type { MessageName } from '../lib/names.ts';
import type { Grant } from '../lib/store/store.ts';
import type { Language } from '../lib/words/language.ts';
import type { Planned, Request } from './commands/command.ts';
import { excerpt } from './excerpt.ts';
import { isRefusal, type PrivateReplies } from './private-replies.ts';

export interface Question {
  reason: ConnectReason;
  /** What Google is to ask for. */
  scopes: readonly string[];
  /** Those of them that the person has yet to give; what the card lists. */
  lacking: readonly string[];
  /** Said above the card. */
  greeting?: string | undefined;
  /** What can't be done at its hour without it. */
  planned?: Planned | undefined;
}

/** Asks people for their consent, and tells them when it has come. */
export interface ConsentPrompts {
  /**
   * Shows the person, and nobody else, a card with a link. There is one such card per person and space: while it is open,
   * further requests are told that they wait for it.
   *
   * @returns the card, unless there was one already
   */
  ask(request: Request, question: Question, signal: AbortSignal): Promise<MessageName | undefined>;

  /** The card says "connected" from now on, and what of the scopes that it had asked for wasn't given. */
  settle(
    prompt: MessageName,
    granted: { grant: Grant; asked: readonly string[] },
    language: Language,
    signal: AbortSignal,
  ): Promise<void>;
}

export interface ConsentPromptDeps {
  consents: Consents;
  replies: PrivateReplies;
  chat: Pick<ChatAsApp, 'patchMessage'>;
  clock: Clock;
}

export function createConsentPrompts(deps: ConsentPromptDeps): ConsentPrompts {
  const { consents, replies, chat, clock } = deps;
  return {
    async ask(request, question, signal) {
      const { reason, scopes, lacking, planned } = question;
      const greeting = question.greeting ?? timeFor(planned, request);
      // At its hour a request may have shown a card long before, which nobody looks at any more.
      const step = planned === undefined ? '' : '-due';
      const answer = await consents.ask({
        user: request.person.name,
        space: request.space.name,
        requestId: request.id,
        scopes,
        now: clock(),
      });
      if (!answer.opened) {
        await replies.send(
          request,
          { text: request.language.words.waiting },
          `waiting${step}`,
          signal,
        );
        return undefined;
      }
      const { url } = answer;
      const card = connectCard({ url, reason, scopes: lacking }, request.language);
      const content = { card, ...(greeting === undefined ? {} : { text: greeting }) };
      const posted = await replies.send(request, content, `prompt${step}`, signal);
      // An earlier attempt showed the card with a link that nobody knows any more: give it the new one.
      if (posted.already) await chat.patchMessage(posted.name, content, signal);
      return posted.name;
    },

    async settle(prompt, { grant: { email, scopes }, asked }, language, signal) {
      const card = connectedCard({ email, missing: missingScopes(asked, scopes) }, language);
      try {
        await chat.patchMessage(prompt, { card }, signal);
      } catch (error) {
        // The person may have deleted the card, or left the space. What they asked for is done all the same.
        if (!isRefusal(error)) throw error;
      }
    },
  };
}

function timeFor(planned: Planned | undefined, { mentions, language }: Request) {
  return planned && language.words.schedule.due(excerpt(planned.text, mentions));
}
