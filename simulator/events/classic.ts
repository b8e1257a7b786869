import type { ClickedAction, Happening } from './happening.ts';
import {
  appCommand,
  configCompleteUrl,
  wireLocale,
  wireMessage,
  wireSpace,
  wireUser,
} from './wire.ts';

/** Chat's own interaction events (chat-platform.md, section 1). Everything that happens is one event. */
export function classicEvents(happening: Happening): object[] {
  return [{ ...headOf(happening), ...bodyOf(happening) }];
}

function headOf(happening: Happening): object {
  return {
    type: typeOf(happening),
    eventTime: happening.now.time,
    user: wireUser(happening),
    space: wireSpace(happening.space),
  };
}

/** A slash command is a message; only the quick ones are commands of their own. */
function typeOf({ kind }: Happening): string {
  switch (kind) {
    case 'message':
    case 'slash-command':
      return 'MESSAGE';
    case 'quick-command':
      return 'APP_COMMAND';
    case 'added':
      return 'ADDED_TO_SPACE';
    case 'removed':
      return 'REMOVED_FROM_SPACE';
    case 'click':
      return 'CARD_CLICKED';
  }
}

function bodyOf(happening: Happening): object {
  const { space } = happening;
  switch (happening.kind) {
    case 'message':
    case 'slash-command':
      return {
        message: wireMessage(happening.message, space),
        configCompleteRedirectUrl: configCompleteUrl(happening),
        common: wireLocale(happening),
        thread: { name: happening.message.resource.thread.name },
      };
    case 'quick-command':
      return {
        appCommandMetadata: appCommand(happening.commandId, 'QUICK_COMMAND'),
        configCompleteRedirectUrl: configCompleteUrl(happening),
        common: wireLocale(happening),
      };
    case 'added':
      return {
        ...(happening.message ? { message: wireMessage(happening.message, space) } : {}),
        configCompleteRedirectUrl: configCompleteUrl(happening),
      };
    case 'removed':
      return {};
    case 'click':
      return {
        message: wireMessage(happening.message, space),
        action: listed(happening.action),
        common: { ...wireLocale(happening), ...mapped(happening.action) },
        thread: { name: happening.message.resource.thread.name },
      };
  }
}

/** The same click is told twice: once as a list, once as a map. */
function listed({ function: actionMethodName, parameters }: ClickedAction): object {
  const list = Object.entries(parameters).map(([key, value]) => ({ key, value }));
  return { actionMethodName, ...(list.length > 0 ? { parameters: list } : {}) };
}

function mapped({ function: invokedFunction, parameters }: ClickedAction): object {
  return { ...(Object.keys(parameters).length > 0 ? { parameters } : {}), invokedFunction };
}
