import { CHAT_MESSAGES_CREATE } from '../../lib/authorization/scopes.ts';
import { tooLong } from '../too-long.ts';
import type { PersonCommand } from './command.ts';

/** What happens to a message that names no other command: its text is posted as the person, in the same thread. */
export const post: PersonCommand = {
  name: 'post',
  summary: (words) => words.post.summary,
  example: (words) => words.post.example,
  as: 'user',
  scopes: [CHAT_MESSAGES_CREATE],
  objection: ({ markup, language }) => tooLong(markup, language),
  async run({ request, chat, step, signal }) {
    const message = { text: request.markup, thread: request.thread };
    await chat.createMessage(request.space.name, message, step('post'), signal);
  },
};
