/** The slash commands that are worth having on the Chat API page, with the ids that `CHAT_COMMANDS` maps. */
export const SLASH_COMMANDS = [
  { id: 1, name: 'help', description: 'See what Postern can do' },
  { id: 2, name: 'connect', description: 'Connect your account' },
  { id: 3, name: 'status', description: 'See your connection' },
  { id: 4, name: 'disconnect', description: 'End your connection' },
  { id: 5, name: 'post', description: 'Post something as you' },
  { id: 6, name: 'schedule', description: 'Post something as you, later' },
  { id: 7, name: 'members', description: 'See who is here' },
  { id: 8, name: 'add', description: 'Add people here, or the app' },
  { id: 9, name: 'space', description: 'Create a space' },
  { id: 10, name: 'incident', description: 'Open a room for an incident' },
] as const;

/** What `CHAT_COMMANDS` is then. */
export const CHAT_COMMANDS: string = SLASH_COMMANDS.map(({ id, name }) => `${id}:${name}`).join(
  ',',
);
