/** @import { WidgetView } from '../widget-view.ts' */
/** @import { Press } from './button.js' */
import { buttonElement, buttonsElement } from './button.js';
import { element } from './dom.js';
import { icon } from './icons.js';
import { momentElement, selectionElement, switchElement, textInputElement } from './input.js';
import { linkTo, richNodes } from './rich-text.js';

/**
 * @param {WidgetView} widget
 * @param {Press} press
 * @returns {HTMLElement}
 */
export function widgetElement(widget, press) {
  switch (widget.kind) {
    case 'paragraph':
      return element('div', { class: 'paragraph' }, richNodes(widget.text));
    case 'decorated':
      return decoratedElement(widget, press);
    case 'buttons':
      return buttonsElement(widget.buttons, press);
    case 'divider':
      return element('hr');
    case 'picture':
      return pictureElement(widget);
    case 'columns':
      return columnsElement(widget, press);
    case 'grid':
      return gridElement(widget);
    case 'text-input':
      return textInputElement(widget);
    case 'selection':
      return selectionElement(widget);
    case 'moment':
      return momentElement(widget);
    case 'other':
      return element('p', { class: 'other-widget' }, [`(A ${widget.name} widget: not shown here)`]);
  }
}

/**
 * @param {Extract<WidgetView, { kind: 'decorated' }>} widget
 * @param {Press} press
 */
function decoratedElement(widget, press) {
  const { top, text, bottom, url, isOn, buttons } = widget;
  const content = url === '' ? richNodes(text) : [linkTo(url, richNodes(text))];
  return element('div', { class: 'decorated' }, [
    ...(widget.icon === '' ? [] : [icon(widget.icon)]),
    element('div', {}, [
      ...(top.length === 0 ? [] : [element('small', {}, richNodes(top))]),
      element('div', {}, content),
      ...(bottom.length === 0 ? [] : [element('small', {}, richNodes(bottom))]),
    ]),
    ...(widget.endIcon === '' ? [] : [icon(widget.endIcon)]),
    ...(isOn === undefined ? [] : [switchElement(isOn, 'Switch')]),
    ...buttons.map((button) => buttonElement(button, press)),
  ]);
}

/** @param {Extract<WidgetView, { kind: 'picture' }>} widget */
function pictureElement({ description, url }) {
  const text = description || 'A picture';
  return element('figure', { class: 'picture' }, [
    icon('picture'),
    element('figcaption', {}, [url === '' ? text : linkTo(url, [text])]),
  ]);
}

/**
 * @param {Extract<WidgetView, { kind: 'columns' }>} widget
 * @param {Press} press
 */
function columnsElement({ columns }, press) {
  return element(
    'div',
    { class: 'columns' },
    columns.map((widgets) =>
      element(
        'div',
        {},
        widgets.map((widget) => widgetElement(widget, press)),
      ),
    ),
  );
}

/** @param {Extract<WidgetView, { kind: 'grid' }>} widget */
function gridElement({ title, columns, items }) {
  const list = element(
    'ul',
    { class: `grid of-${columns}` },
    items.map((item) =>
      element('li', {}, [
        ...(item.picture === undefined
          ? []
          : [pictureElement({ kind: 'picture', description: item.picture, url: '' })]),
        ...(item.title === '' ? [] : [element('strong', {}, [item.title])]),
        ...(item.subtitle === '' ? [] : [element('small', {}, [item.subtitle])]),
      ]),
    ),
  );
  return element('div', {}, [...(title === '' ? [] : [element('h4', {}, [title])]), list]);
}
