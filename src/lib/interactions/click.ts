import type { Interaction } from './interaction.ts';
import type { WireEvent } from './wire.ts';

type Click = Pick<
  Extract<Interaction, { kind: 'click' }>,
  'action' | 'parameters' | 'card' | 'privateCard' | 'thread'
>;

/** Where a card that was posted before its app became an add-on has the name of its action (Google's conversion guide). */
const ACTION_PARAMETER = '__action_method_name__';

/** What was clicked. The same data comes as a list, as a map, or as both (real captures). */
export function clickOf({ action, common, message, thread }: WireEvent): Click {
  const parameters = new Map([...(common?.parameters ?? []), ...(action?.parameters ?? [])]);
  const name =
    action?.actionMethodName ?? common?.invokedFunction ?? parameters.get(ACTION_PARAMETER);
  parameters.delete(ACTION_PARAMETER);
  // The one key that a record can't be relied on to keep.
  parameters.delete('__proto__');
  return {
    ...(name ? { action: name } : {}),
    parameters: Object.fromEntries(parameters),
    ...(message?.name === undefined ? {} : { card: message.name }),
    ...(message?.privateMessageViewer === undefined ? {} : { privateCard: true }),
    ...(thread === undefined ? {} : { thread }),
  };
}
