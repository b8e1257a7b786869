/** @import { ThreadView } from '../thread-view.ts' */
/** @import { SpaceView } from '../view.ts' */
import { createCompletion } from './completion.js';
import { byId } from './dom.js';
import { loadDraft, saveDraft } from './drafts.js';
import { suggestCommands, suggestMentions } from './suggestions.js';

/**
 * @typedef {object} ComposerOptions
 * @property {(message: { text: string, thread?: string }) => Promise<boolean>} send whether it was sent
 * @property {(id: number) => void} runQuickCommand
 */

/**
 * Where messages are written.
 *
 * @param {ComposerOptions} options
 */
export function createComposer({ send, runQuickCommand }) {
  const form = byId('composer-form', HTMLFormElement);
  const field = byId('composer', HTMLTextAreaElement);
  const replying = byId('replying', HTMLElement);
  const button = byId('send', HTMLButtonElement);
  /** @type {SpaceView | undefined} */
  let space;
  /** @type {ThreadView | undefined} */
  let thread;
  let me = '';
  let appName = '';
  const completion = createCompletion(field, byId('suggestions', HTMLElement), {
    suggest: (before) => [
      ...suggestMentions(before, space?.mentionable ?? []),
      ...suggestCommands(before, space?.commands ?? [], appName),
    ],
    chosen({ kind, id }) {
      changed();
      if (kind === 'quick') runQuickCommand(id);
    },
  });

  field.addEventListener('input', () => {
    changed();
    completion.update();
  });
  field.addEventListener('keydown', (event) => {
    if (completion.handleKey(event)) return;
    if (event.key === 'Escape' && thread) replyIn(undefined);
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text !== '') void submit(text);
  });
  byId('stop-replying', HTMLButtonElement).addEventListener('click', () => replyIn(undefined));

  return {
    /**
     * @param {SpaceView | undefined} shown
     * @param {{ me: string, appName: string }} view
     */
    show(shown, view) {
      form.hidden = shown === undefined;
      field.placeholder = shown?.isDirect ? `Message ${shown.title}` : 'History is on';
      field.setAttribute('aria-label', `Message ${shown?.title ?? ''}`);
      const isSame = me === view.me && space?.name === shown?.name;
      space = shown;
      me = view.me;
      appName = view.appName;
      if (!isSame) takeUp();
    },
    replyIn,
  };

  /** Goes on with what was being written here. */
  function takeUp() {
    completion.close();
    const draft = space ? loadDraft(me, space.name) : { text: '' };
    field.value = draft.text;
    setThread(space?.threads.find(({ name }) => name === draft.thread));
    refresh();
  }

  /** @param {string} text */
  async function submit(text) {
    const from = { me, space: space?.name ?? '' };
    const message = { text, ...(thread && { thread: thread.name }) };
    field.value = '';
    changed();
    completion.close();
    if (await send(message)) return;
    // Meanwhile something else may have been written, or elsewhere.
    if (loadDraft(from.me, from.space).text === '') saveDraft(from.me, from.space, message);
    if (from.me === me && from.space === space?.name) takeUp();
  }

  /** @param {ThreadView | undefined} chosen */
  function replyIn(chosen) {
    setThread(chosen);
    changed();
    field.focus();
  }

  /** @param {ThreadView | undefined} chosen */
  function setThread(chosen) {
    thread = chosen;
    replying.hidden = chosen === undefined;
    const first = chosen?.messages[0];
    byId('replying-to', HTMLElement).textContent = first
      ? `Replying in the thread of ${first.sender.displayName}: ${first.summary}`
      : '';
  }

  function changed() {
    refresh();
    if (space) {
      saveDraft(me, space.name, { text: field.value, ...(thread && { thread: thread.name }) });
    }
  }

  /** The field is as high as its text, the button is there when there is something to send. */
  function refresh() {
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
    button.disabled = field.value.trim() === '';
  }
}
