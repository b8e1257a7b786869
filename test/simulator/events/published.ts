import assert from 'node:assert/strict';
import type { NewWorld } from '../world/new-world.ts';

export const SECRET =
  /^https:\/\/chat\.google\.com\/api\/bot_config_complete\?token=simulated-secret-[\w-]{11}$/;

/** The app's own card in a space, as the API would post it. */
export async function postCard(
  { world }: NewWorld,
  space: string,
  viewer?: string,
): Promise<string> {
  const author = world.user('users/app');
  assert.ok(author);
  const posted = await world.post({
    space,
    author,
    text: '',
    content: {
      cardsV2: [{ cardId: 'one', card: { header: { title: 'One' } } }],
      ...(viewer === undefined ? {} : { privateMessageViewer: { name: viewer } }),
    },
    thread: { kind: 'new' },
  });
  return posted.resource.name;
}

export const ACTION = { function: 'approve', parameters: { job: '1' } };

/** The capability in an event. */
export function secretOf(event: unknown): string {
  return /"configCompleteRedirectUr[il]":"([^"]+)"/.exec(JSON.stringify(event))?.[1] ?? '';
}
