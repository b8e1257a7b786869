/** @import { Step } from '../view.ts' */
import { element } from '../../page/assets/dom.js';

/**
 * All that is known of a step: one part at a time, as JSON, to be copied.
 *
 * @param {Step['details']} parts
 * @param {(text: string) => void} announce
 */
export function detailsPanel(parts, announce) {
  const pre = element('pre', { tabindex: '0' });
  const tabs = parts.map(({ label, value }) => {
    const tab = element('button', { type: 'button' }, [label]);
    tab.addEventListener('click', () => show(tab, label, value));
    return tab;
  });
  const copy = element('button', { type: 'button', class: 'copy' }, ['Copy']);
  copy.addEventListener('click', () => void copyText(pre.textContent ?? ''));

  /** @param {HTMLElement} chosen @param {string} label @param {unknown} value */
  const show = (chosen, label, value) => {
    for (const tab of tabs) tab.setAttribute('aria-pressed', String(tab === chosen));
    pre.setAttribute('aria-label', label);
    pre.textContent = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  };

  /** @param {string} text */
  const copyText = async (text) => {
    const told = await navigator.clipboard.writeText(text).then(
      () => 'Copied',
      () => 'The browser does not let this page copy.',
    );
    announce(told);
    copy.textContent = told;
    setTimeout(() => {
      copy.textContent = 'Copy';
    }, 2000);
  };

  const [first] = parts;
  if (tabs[0] !== undefined && first !== undefined) show(tabs[0], first.label, first.value);
  return element('div', { class: 'known' }, [
    element('div', { class: 'tabs', role: 'group', 'aria-label': 'What to show' }, [...tabs, copy]),
    pre,
  ]);
}
