import { z } from 'zod';
import { idempotencyKeys } from '../../src/lib/chat/idempotency.ts';
import { parseEvent } from '../../src/lib/interactions/parse-event.ts';
import { sha256 } from '../../src/lib/interactions/request-id.ts';
import type { PublishedMessage } from '../pubsub/message.ts';
import type { Subject } from './entry.ts';

/** What a Pub/Sub message is about, and the id that its request has in the app. */
export interface About {
  subject: Subject;
  /** Undefined when the app makes no request of it. */
  request: string | undefined;
  /** Of the message that comes of it, where that can be told. */
  messageId?: string;
}

/** A message on the topic of Chat's events: Chat's, or one of the app's relay. Read as the app reads it. */
export function aboutEvent(message: PublishedMessage, data: unknown): About {
  const parsed = parseEvent(message);
  switch (parsed.outcome) {
    case 'interaction': {
      const { interaction } = parsed;
      const { kind, person, space, dialect } = interaction;
      const text = kind === 'click' ? buttonOf(interaction) : writtenIn(data);
      return {
        subject: { kind, person: person.name, space: space.name, dialect, text },
        request: interaction.requestId,
      };
    }
    case 'due':
      return { subject: { kind: 'due', space: parsed.space }, request: parsed.requestId };
    case 'ignored':
    case 'unreadable':
      return {
        subject: { kind: parsed.outcome, reason: parsed.reason, ...whereabouts(data) },
        request: undefined,
      };
  }
}

const notification = z.looseObject({
  space: z.string().optional().catch(undefined),
  text: z.string().optional().catch(undefined),
  key: z.string().optional().catch(undefined),
});

/** What a system behind the firewall has published. Its request is known by the Pub/Sub message (ARCHITECTURE.md, "Notifications"). */
export function aboutNotification({ id }: PublishedMessage, data: unknown): About {
  const { space, text, key } = notification.safeParse(data).data ?? {};
  const requestId = sha256(['notification', id]);
  return {
    subject: { kind: 'notification', space, text },
    request: requestId,
    messageId: idempotencyKeys({ requestId, step: 'notification', key }, 'app').messageId,
  };
}

const message = z.looseObject({ text: z.string().optional().catch(undefined) }).catch({});
const named = z.looseObject({ name: z.string() }).optional().catch(undefined);
const payload = z.looseObject({ message, space: named }).optional().catch(undefined);

/** Either dialect, as far as a title needs it. */
const event = z.looseObject({
  message: message.optional(),
  user: named,
  space: named,
  chat: z
    .looseObject({
      user: named,
      messagePayload: payload,
      appCommandPayload: payload,
      addedToSpacePayload: payload,
    })
    .optional()
    .catch(undefined),
});

function writtenIn(data: unknown): string | undefined {
  const { message: classic, chat } = event.safeParse(data).data ?? {};
  const { text } =
    classic ?? chat?.messagePayload?.message ?? chat?.appCommandPayload?.message ?? {};
  return typeof text === 'string' ? text : undefined;
}

/** As much as can be told of what the app doesn't read. */
function whereabouts(data: unknown): Pick<Subject, 'person' | 'space' | 'text'> {
  const { user, space, chat } = event.safeParse(data).data ?? {};
  const place =
    space ??
    chat?.messagePayload?.space ??
    chat?.addedToSpacePayload?.space ??
    chat?.appCommandPayload?.space;
  return { person: (user ?? chat?.user)?.name, space: place?.name, text: writtenIn(data) };
}

/** Over Pub/Sub only parameters tell which button it was, in one of the dialects. */
function buttonOf({
  action,
  parameters,
}: {
  action?: string | undefined;
  parameters: Record<string, string>;
}): string | undefined {
  const [first] = Object.values(parameters);
  return action === undefined || action.includes('/') ? first : action;
}
