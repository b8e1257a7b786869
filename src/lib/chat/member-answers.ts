import { z } from 'zod';
import { spaceName, userName } from '../names.ts';
import type { Member } from './chat.ts';

/** What Chat answers about memberships and new spaces, read tolerantly: a repeat may be answered with less than the whole. */

const KINDS: ReadonlyMap<string | undefined, Member['kind']> = new Map([
  ['HUMAN', 'person'],
  ['BOT', 'app'],
]);

const membership = z.object({
  member: z.object({
    name: userName,
    type: z.string().optional(),
    displayName: z.string().optional().catch(undefined),
  }),
});

/** One page of `spaces.members.list`. What isn't about a person or an app, such as a group, is left out. */
export const memberPage = z
  .object({
    memberships: z.array(z.unknown()).default([]),
    nextPageToken: z.string().optional(),
  })
  .transform(({ memberships, nextPageToken }) => ({
    members: memberships.flatMap((entry) => readMember(membership.safeParse(entry).data)),
    nextPageToken,
  }));

function readMember(read: z.infer<typeof membership> | undefined): Member[] {
  const kind = KINDS.get(read?.member.type);
  if (read === undefined || kind === undefined) return [];
  const { name, displayName } = read.member;
  return [{ name, kind, displayName }];
}

/** Of `spaces.members.create`. */
export const newMembership = z.object({ state: z.string().optional().catch(undefined) });

/** A new space. */
export const newSpace = z
  .object({
    name: spaceName,
    spaceUri: z
      .url({ protocol: /^https$/ })
      .optional()
      .catch(undefined),
  })
  .transform(({ name, spaceUri }) => ({ name, address: new URL(spaceUri ?? addressOf(name)) }));

/** As in the `spaceUri` of rooms: the answer to a repeat may lack it (the reference of `spaces.setup`). */
function addressOf(name: string): string {
  return `https://chat.google.com/room/${name.replace('spaces/', '')}`;
}
