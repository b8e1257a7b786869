/** @import { CardView, SectionView } from '../card-view.ts' */
/** @import { Press } from './button.js' */
import { element } from './dom.js';
import { icon } from './icons.js';
import { richNodes } from './rich-text.js';
import { widgetElement } from './widget.js';

/**
 * @param {CardView} card
 * @param {Press} press
 */
export function cardElement(card, press) {
  const { title, subtitle, picture, sections } = card;
  const hasHeader = title !== '' || subtitle !== '' || picture !== undefined;
  return element('div', { class: 'card', role: 'group', 'aria-label': title || 'Card' }, [
    ...(hasHeader ? [headerElement(card)] : []),
    ...sections.map((section) => sectionElement(section, press)),
  ]);
}

/** @param {CardView} card */
function headerElement({ title, subtitle, picture }) {
  return element('div', { class: 'card-header' }, [
    ...(picture ? [pictureElement(picture)] : []),
    element('div', {}, [
      ...(title === '' ? [] : [element('h3', {}, [title])]),
      ...(subtitle === '' ? [] : [element('p', {}, [subtitle])]),
    ]),
  ]);
}

/** @param {NonNullable<CardView['picture']>} picture */
function pictureElement({ description, isRound }) {
  const look = isRound ? 'card-picture round' : 'card-picture';
  const role = description === '' ? {} : { role: 'img', 'aria-label': description };
  return element('span', { class: look, title: description || undefined, ...role }, [
    icon('picture'),
  ]);
}

/**
 * @param {SectionView} section
 * @param {Press} press
 */
function sectionElement({ header, widgets, more }, press) {
  return element('div', { class: 'card-section' }, [
    ...(header.length === 0 ? [] : [element('h4', {}, richNodes(header))]),
    ...widgets.map((widget) => widgetElement(widget, press)),
    ...(more.length === 0
      ? []
      : [
          element('details', {}, [
            element('summary', {}, [
              element('span', { class: 'show-more' }, ['Show more']),
              element('span', { class: 'show-less' }, ['Show less']),
            ]),
            element(
              'div',
              { class: 'more' },
              more.map((widget) => widgetElement(widget, press)),
            ),
          ]),
        ]),
  ]);
}
