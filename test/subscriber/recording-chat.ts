import { isDeepStrictEqual } from 'node:util';
import type {
  AppMessage,
  Button,
  Card,
  Chat,
  ChatAsApp,
  ChatAsPerson,
  Member,
  Newcomer,
  NewSpace,
  Posted,
  Step,
} from '../../src/lib/chat/chat.ts';
import { idempotencyKeys } from '../../src/lib/chat/idempotency.ts';
import { ChatError } from '../../src/lib/errors.ts';
import {
  type MessageName,
  messageName,
  type SpaceName,
  spaceName,
  type UserName,
  userName,
} from '../../src/lib/names.ts';

/** A message as it stands in a space. */
export interface Shown {
  name: MessageName;
  space: SpaceName;
  by: 'app' | UserName;
  text: string | undefined;
  card: Card | undefined;
  thread: string | undefined;
  /** Who sees it; everybody in the space, if nobody is named. */
  privateTo: UserName | undefined;
}

export interface Call {
  method: keyof ChatAsApp | keyof ChatAsPerson;
  by: 'app' | UserName;
  space?: SpaceName;
  step?: string;
  token?: string;
  newcomer?: Newcomer;
}

/** A Chat that remembers, and knows a message again by the id that a real create carries. */
export class RecordingChat implements Chat {
  readonly calls: Call[] = [];
  /** Asked before every call: what it throws, the call fails with. */
  enter: (call: Call) => void = () => {};
  /** The direct messages between the app and people. */
  readonly directMessages = new Map<UserName, SpaceName>();
  /** Who is where, apps included. */
  readonly members = new Map<SpaceName, Member[]>();
  /** What was set up, by its `requestId`. */
  readonly setUp = new Map<string, NewSpace & { by: UserName }>();
  readonly #messages = new Map<MessageName, Shown>();

  readonly asApp: ChatAsApp = {
    createMessage: async (space, message, step, signal) =>
      this.#create(
        { method: 'createMessage', by: 'app', space, step: step.step },
        message,
        step,
        signal,
      ),
    patchMessage: async (name, { text, card }, signal) => {
      this.#called({ method: 'patchMessage', by: 'app' }, signal);
      const message = this.#messages.get(name);
      if (message?.by !== 'app') throw new ChatError('chat_not_found', 'gone', { status: 404 });
      Object.assign(message, { text, card });
    },
    updateText: async (name, text, signal) => this.#updateText('app', name, text, signal),
    readButtons: async (name, signal) => {
      this.#called({ method: 'readButtons', by: 'app' }, signal);
      const message = this.#messages.get(name);
      if (message === undefined) throw new ChatError('chat_not_found', 'gone', { status: 404 });
      return buttonsOf(message).map(({ onClick }) =>
        Object.fromEntries(
          (onClick?.action?.parameters ?? []).map(({ key, value }) => [key ?? '', value ?? '']),
        ),
      );
    },
    findDirectMessage: async (user, signal) => {
      this.#called({ method: 'findDirectMessage', by: 'app' }, signal);
      return this.directMessages.get(user);
    },
    listMembers: async (space, signal) => {
      this.#called({ method: 'listMembers', by: 'app', space }, signal);
      return this.members.get(space) ?? [];
    },
  };

  asPerson(user: UserName, token: string): ChatAsPerson {
    return {
      createMessage: async (space, message, step, signal) => {
        const call = { method: 'createMessage', by: user, space, step: step.step, token } as const;
        return this.#create(call, message, step, signal);
      },
      updateText: async (name, text, signal) => this.#updateText(user, name, text, signal),
      listMembers: async (space, signal) => {
        this.#called({ method: 'listMembers', by: user, space, token }, signal);
        return this.members.get(space) ?? [];
      },
      createMembership: async (space, newcomer, signal) => {
        this.#called({ method: 'createMembership', by: user, space, token, newcomer }, signal);
        const here = this.members.get(space) ?? [];
        const name = newcomer === 'app' ? userName.parse('users/app') : newcomer;
        if (here.some((member) => member.name === name)) return 'here';
        const kind = newcomer === 'app' ? 'app' : 'person';
        this.members.set(space, [...here, { name, kind, displayName: undefined }]);
        return 'added';
      },
      setUpSpace: async (space, step, signal) => {
        this.#called({ method: 'setUpSpace', by: user, step: step.step, token }, signal);
        const { requestId } = idempotencyKeys(step, user);
        if (!this.setUp.has(requestId)) this.setUp.set(requestId, { ...space, by: user });
        const name = spaceName.parse('spaces/NEW');
        return { name, address: new URL('https://chat.google.com/room/NEW') };
      },
    };
  }

  messages(): Shown[] {
    return [...this.#messages.values()];
  }

  delete(name: MessageName): void {
    this.#messages.delete(name);
  }

  #updateText(by: Shown['by'], name: MessageName, text: string, signal: AbortSignal): void {
    this.#called({ method: 'updateText', by }, signal);
    const message = this.#messages.get(name);
    if (message?.by !== by) throw new ChatError('chat_forbidden', 'gone', { status: 403 });
    Object.assign(message, { text });
  }

  #create(
    call: Call & { space: SpaceName },
    { text, card, thread, privateTo }: AppMessage,
    step: Step,
    signal: AbortSignal,
  ): Posted {
    this.#called(call, signal);
    const { by, space } = call;
    const name = messageName.parse(`${space}/messages/${idempotencyKeys(step, by).messageId}`);
    const stands = this.#messages.get(name);
    if (stands !== undefined) {
      return { name, already: !isDeepStrictEqual([stands.text, stands.card], [text, card]) };
    }
    const shown = typeof thread === 'object' ? thread.key : thread;
    this.#messages.set(name, { name, space, by, text, card, thread: shown, privateTo });
    return { name, already: false };
  }

  #called(call: Call, signal: AbortSignal): void {
    this.calls.push(call);
    // As withRetry does it.
    if (signal.aborted) throw new ChatError('chat_unavailable', 'The time for this call was over');
    this.enter(call);
  }
}

function buttonsOf({ card }: Shown): Button[] {
  const widgets = (card?.sections ?? []).flatMap((section) => section.widgets ?? []);
  return widgets.flatMap(({ buttonList }) => buttonList?.buttons ?? []);
}

/** The consent link of a message's card. */
export function linkOf(message: Shown): string | undefined {
  return buttonsOf(message)[0]?.onClick?.openLink?.url ?? undefined;
}

/** All the words of a message. */
export function wordsOf({ text, card }: Shown): string {
  const widgets = (card?.sections ?? []).flatMap((section) => section.widgets ?? []);
  const paragraphs = widgets.map(({ textParagraph }) => textParagraph?.text);
  return [text, card?.header?.title, ...paragraphs].filter((part) => part != null).join('\n');
}
