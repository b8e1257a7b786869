/** Markup that was written here, or was escaped. */
export interface Html {
  readonly markup: string;
}

type Value = string | Html | readonly Html[];

/** A template for HTML: strings put into it become text, never markup. */
export function html(template: TemplateStringsArray, ...values: Value[]): Html {
  return { markup: String.raw({ raw: template.raw }, ...values.map(markupOf)) };
}

/** Nothing at all. */
export const NOTHING: Html = html``;

function markupOf(value: Value): string {
  if (typeof value === 'string') return escapeHtml(value);
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
