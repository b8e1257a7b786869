/** @import { PageView } from '../../page/view.ts' */
import { createColumn } from './column.js';

const response = await fetch('/page/view');
const view = /** @type {PageView} */ (await response.json());
const { identities, spaces } = view;
const people = identities.filter(({ isApp }) => !isApp);
/** Where both can be: what one sees of the other is why they are side by side. */
const space = spaces.find(({ isDirect }) => !isDirect)?.name ?? '';

for (const [index, side] of /** @type {const} */ (['left', 'right']).entries()) {
  const person = people[index] ?? people[0];
  createColumn(side, identities, { as: person?.name ?? '', space });
}
