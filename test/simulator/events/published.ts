import assert from 'node:assert/strict';
import type { chat_v1 } from '@googleapis/chat';
import type { NewWorld } from '../world/new-world.ts';

export const SECRET =
  /^https:\/\/chat\.google\.com\/api\/bot_config_complete\?token=simulated-secret-[\w-]{11}$/;

/** The app's own card in a space, as the API would post it, with a button “Approve” that calls a function. */
export async function postCard(
  { world }: NewWorld,
  space: string,
  { viewer, calls = 'approve' }: { viewer?: string; calls?: string } = {},
): Promise<string> {
  const author = world.user('users/app');
  assert.ok(author);
  const posted = await world.post({
    space,
    author,
    text: '',
    content: {
      cardsV2: [{ cardId: 'one', card: cardWith([approveButton(calls)]) }],
      ...(viewer === undefined ? {} : { privateMessageViewer: { name: viewer } }),
    },
    thread: { kind: 'new' },
  });
  return posted.resource.name;
}

type Button = chat_v1.Schema$GoogleAppsCardV1Button;

/** Calls a function, for the job `1`. */
export function approveButton(calls: string): Button {
  const parameters = [{ key: 'job', value: '1' }];
  return { text: 'Approve', onClick: { action: { function: calls, parameters } } };
}

export function cardWith(buttons: Button[]): chat_v1.Schema$GoogleAppsCardV1Card {
  return { header: { title: 'One' }, sections: [{ widgets: [{ buttonList: { buttons } }] }] };
}

/** The capability in an event. */
export function secretOf(event: unknown): string {
  return /"configCompleteRedirectUr[il]":"([^"]+)"/.exec(JSON.stringify(event))?.[1] ?? '';
}
