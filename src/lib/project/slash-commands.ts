/** The slash commands that are worth having on the Chat API page, with the ids that `CHAT_COMMANDS` maps. */
export const SLASH_COMMANDS = [
  { id: 1, name: 'help', description: 'What Postern can do' },
  { id: 2, name: 'connect', description: 'Connect your Google account' },
  { id: 3, name: 'status', description: 'What is connected' },
  { id: 4, name: 'disconnect', description: 'Have everything of yours deleted' },
] as const;

/** What `CHAT_COMMANDS` is then. */
export const CHAT_COMMANDS: string = SLASH_COMMANDS.map(({ id, name }) => `${id}:${name}`).join(
  ',',
);
