import type { chat_v1 } from '@googleapis/chat';
import { actionOf, buttonsOf, labelOf, type Pressable } from '../world/buttons.ts';
import { openableUrl } from './rich-text.ts';

export interface ButtonView {
  text: string;
  look: 'filled' | 'tonal' | 'outlined' | 'borderless' | 'chip';
  disabled: boolean;
  does:
    | { kind: 'open'; url: string }
    /** `nth` tells it from the others of the message that say the same, from 0. */
    | { kind: 'act'; nth: number }
    | { kind: 'nothing' };
}

/** Shows buttons of one message. */
export type ViewButtons = (buttons: readonly Pressable[] | undefined) => ButtonView[];

/** @param message whose buttons are shown: the very objects that stand in it */
export function createButtonViews(message: chat_v1.Schema$Message): ViewButtons {
  const places = new Map(buttonsOf(message).map(({ button, nth }) => [button, nth]));
  return (buttons) =>
    (buttons ?? []).map((button) => ({
      text: labelOf(button),
      look: lookOf(button),
      disabled: button.disabled ?? false,
      does: effectOf(button, places.get(button)),
    }));
}

function lookOf(button: Pressable): ButtonView['look'] {
  if ('label' in button) return 'chip';
  switch ('type' in button ? button.type : undefined) {
    case 'FILLED':
      return 'filled';
    case 'FILLED_TONAL':
      return 'tonal';
    case 'BORDERLESS':
      return 'borderless';
    default:
      return 'outlined';
  }
}

function effectOf(button: Pressable, nth: number | undefined): ButtonView['does'] {
  const url = openableUrl(button.onClick?.openLink?.url ?? '');
  if (url !== undefined) return { kind: 'open', url };
  const acts = nth !== undefined && actionOf(button) !== undefined;
  return acts ? { kind: 'act', nth } : { kind: 'nothing' };
}
