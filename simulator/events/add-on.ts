import type { Happening } from './happening.ts';
import {
  appCommand,
  configCompleteUrl,
  wireLocale,
  wireMessage,
  wireSpace,
  wireUser,
} from './wire.ts';

const HOST = { hostApp: 'CHAT', platform: 'WEB' };

/**
 * Events of a Google Workspace add-on (chat-platform.md, section 2). Adding by mention is two of them, and a click is none unless
 * the button's function is the topic: Chat takes it for the address to call.
 *
 * @param topic its full path
 */
export function addOnEvents(happening: Happening, topic: string): object[] {
  if (happening.kind === 'click' && happening.action.function !== topic) return [];
  if (happening.kind !== 'added' || happening.message === undefined) return [event(happening)];
  const asMessage = event({ ...happening, kind: 'message', message: happening.message });
  // Neither half tells the person's language: so the captures have it.
  return [event(happening), { ...asMessage, commonEventObject: HOST }];
}

function event(happening: Happening): object {
  return {
    commonEventObject: commonOf(happening),
    chat: {
      user: wireUser(happening),
      eventTime: happening.now.time,
      ...payloadOf(happening),
    },
  };
}

function commonOf(happening: Happening): object {
  switch (happening.kind) {
    case 'added':
    case 'removed':
      return HOST;
    case 'click':
      return { ...wireLocale(happening), ...HOST, ...parametersOf(happening) };
    case 'message':
    case 'slash-command':
    case 'quick-command':
      return { ...wireLocale(happening), ...HOST };
  }
}

/** All that an add-on learns of a click: the name of the function is not passed on. */
function parametersOf({ action }: Happening & { kind: 'click' }): object {
  return Object.keys(action.parameters).length > 0 ? { parameters: action.parameters } : {};
}

function payloadOf(happening: Happening): object {
  const space = wireSpace(happening.space);
  const configCompleteRedirectUri = configCompleteUrl(happening);
  switch (happening.kind) {
    case 'message':
      return {
        messagePayload: {
          space,
          message: wireMessage(happening.message, happening.space),
          configCompleteRedirectUri,
        },
      };
    case 'slash-command':
      return {
        appCommandPayload: {
          appCommandMetadata: appCommand(happening.commandId, 'SLASH_COMMAND'),
          space,
          message: wireMessage(happening.message, happening.space),
          configCompleteRedirectUri,
        },
      };
    case 'quick-command':
      return {
        appCommandPayload: {
          appCommandMetadata: appCommand(happening.commandId, 'QUICK_COMMAND'),
          space,
          configCompleteRedirectUri,
        },
      };
    case 'added': {
      const interactionAdd = happening.message === undefined ? {} : { interactionAdd: true };
      return { addedToSpacePayload: { space, ...interactionAdd, configCompleteRedirectUri } };
    }
    case 'removed':
      return { removedFromSpacePayload: { space } };
    case 'click':
      return {
        buttonClickedPayload: { space, message: wireMessage(happening.message, happening.space) },
      };
  }
}
