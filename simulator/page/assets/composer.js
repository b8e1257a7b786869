/** @import { SpaceView, ThreadView } from '../view.ts' */
import { byId } from './dom.js';
import { createMentions } from './mentions.js';

/**
 * Where messages are written.
 *
 * @param {(message: { text: string, thread?: string }) => Promise<boolean>} send whether it was sent
 */
export function createComposer(send) {
  const form = byId('composer-form', HTMLFormElement);
  const field = byId('composer', HTMLTextAreaElement);
  const replying = byId('replying', HTMLElement);
  const button = form.querySelector('button[type=submit]');
  /** @type {ThreadView | undefined} */
  let thread;
  let place = '';
  const mentions = createMentions(field, byId('mentions', HTMLElement), refresh);

  field.addEventListener('input', () => {
    refresh();
    mentions.update();
  });
  field.addEventListener('keydown', (event) => {
    if (mentions.handleKey(event)) return;
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
     * @param {SpaceView | undefined} space
     * @param {string} me
     */
    show(space, me) {
      form.hidden = space === undefined;
      mentions.setPossible(space?.mentionable ?? []);
      field.placeholder = space?.isDirect ? `Message ${space.title}` : 'History is on';
      field.setAttribute('aria-label', `Message ${space?.title ?? ''}`);
      const now = `${me} ${space?.name}`;
      if (now !== place) setThread(undefined);
      place = now;
    },
    replyIn,
  };

  /** @param {string} text */
  async function submit(text) {
    field.value = '';
    refresh();
    mentions.close();
    const isSent = await send({ text, ...(thread && { thread: thread.name }) });
    if (isSent || field.value !== '') return;
    field.value = text;
    refresh();
  }

  /** @param {ThreadView | undefined} chosen */
  function replyIn(chosen) {
    setThread(chosen);
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

  /** The field is as high as its text, the button is there when there is something to send. */
  function refresh() {
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
    if (button instanceof HTMLButtonElement) button.disabled = field.value.trim() === '';
  }
}
