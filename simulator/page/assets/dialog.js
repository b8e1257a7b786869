import { byId } from './dom.js';

/**
 * A dialog of the page, with a button of class `close` and a place for what went wrong. Escape closes it.
 *
 * @param {string} id
 */
export function createDialog(id) {
  const dialog = byId(id, HTMLDialogElement);
  dialog.querySelector('.close')?.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => {
    // What is around it belongs to it; what is in it has children of its own.
    if (event.target === dialog) dialog.close();
  });
  return dialog;
}

/** Where a report is read: in the dialog that is open, else on the page. */
export function reportPlace() {
  const inDialog = document.querySelector('dialog[open] [role=alert]');
  return inDialog instanceof HTMLElement ? inDialog : byId('problem', HTMLElement);
}
