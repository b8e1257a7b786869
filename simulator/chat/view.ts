import type { chat_v1 } from '@googleapis/chat';
import type { Principal } from '../principal.ts';
import { defined } from '../world/defined.ts';
import type { ChatUser } from '../world/people.ts';
import type { StoredMessage, StoredSpace } from '../world/state.ts';

/** Resources as Chat's API shows them, which depends on who asks (the descriptions in Chat's reference). */

export function viewMessage(
  principal: Principal,
  { resource }: StoredMessage,
  space: StoredSpace,
): chat_v1.Schema$Message {
  const { sender, annotations, privateMessageViewer, ...rest } = resource;
  return {
    ...rest,
    sender: viewUser(principal, sender),
    ...(annotations === undefined
      ? {}
      : { annotations: annotations.map((one) => viewAnnotation(principal, one)) }),
    ...(privateMessageViewer === undefined ? {} : { privateMessageViewer }),
    space: principal.kind === 'app' ? space.resource : { name: space.resource.name },
  };
}

export function viewMembership(
  principal: Principal,
  user: ChatUser,
  { resource: { name, createTime } }: StoredSpace,
): chat_v1.Schema$Membership {
  return {
    name: `${name}/members/${user.name.replace('users/', '')}`,
    state: 'JOINED',
    role: 'ROLE_MEMBER',
    member: viewUser(principal, user),
    createTime,
  };
}

/** With a person's credentials there is more to see of the people in the space. */
function viewUser(
  principal: Principal,
  { name, displayName, type, email, avatarUrl }: ChatUser,
): chat_v1.Schema$User {
  if (principal.kind === 'app') return { name, displayName, type };
  const more = defined({ email, avatarUrl });
  return { name, displayName, type, ...more };
}

function viewAnnotation(
  principal: Principal,
  annotation: chat_v1.Schema$Annotation,
): chat_v1.Schema$Annotation {
  const { userMention } = annotation;
  if (principal.kind === 'person' || userMention?.user === undefined) return annotation;
  const { name, displayName, type } = userMention.user;
  const user = defined({ name, displayName, type });
  return { ...annotation, userMention: { ...userMention, user } };
}
