import type { Button } from '../lib/chat/chat.ts';

/** The parameter by which a click tells whose button it was. */
export const COMMAND_PARAMETER = 'postern';

/**
 * A button that leads back to a command. Its function is the topic: over Pub/Sub an add-on's click arrives with no other, and
 * then without any name; a classic app's arrives with whatever stands there (chat-platform.md, section 2).
 *
 * @param topic its full name
 */
export function commandButton(
  { command, topic }: { command: string; topic: string },
  { text, parameters = {}, disabled = false }: ButtonContent,
): Button {
  const pairs = Object.entries({ ...parameters, [COMMAND_PARAMETER]: command });
  return {
    text,
    ...(disabled ? { disabled } : {}),
    onClick: {
      action: { function: topic, parameters: pairs.map(([key, value]) => ({ key, value })) },
    },
  };
}

interface ButtonContent {
  text: string;
  parameters?: Record<string, string>;
  disabled?: boolean;
}
