/** @import { PageView } from '../view.ts' */
import { createDialog } from './dialog.js';
import { byId, element } from './dom.js';

/**
 * The dialog that creates a space.
 *
 * @param {(plan: { displayName: string, people: string[], withApp: boolean }) => Promise<boolean>} create whether it is there
 */
export function createNewSpace(create) {
  const dialog = createDialog('new-space');
  const form = byId('new-space-form', HTMLFormElement);
  const name = byId('new-space-name', HTMLInputElement);
  const people = byId('new-space-people', HTMLElement);

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });

  return {
    /** @param {PageView} view */
    open({ me, identities, appName }) {
      const others = identities.filter(({ name, isApp }) => name !== me && !isApp);
      people.replaceChildren(
        ...others.map((person) => checkbox(person.name, person.displayName)),
        checkbox('app', `${appName} (app)`),
      );
      name.value = '';
      dialog.showModal();
      name.focus();
    },
  };

  async function submit() {
    const chosen = [...people.querySelectorAll('input')]
      .filter(({ checked }) => checked)
      .map(({ value }) => value);
    const isDone = await create({
      displayName: name.value,
      people: chosen.filter((value) => value !== 'app'),
      withApp: chosen.includes('app'),
    });
    if (isDone) dialog.close();
  }
}

/**
 * @param {string} value
 * @param {string} label
 */
function checkbox(value, label) {
  return element('label', {}, [
    element('input', { type: 'checkbox', value, checked: true }),
    label,
  ]);
}
