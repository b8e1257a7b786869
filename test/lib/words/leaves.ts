/** One thing that a catalogue says: a sentence, or a function that puts data into one. */
export interface Leaf {
  /** `pages.expired.text.0` */
  path: string;
  /** What it says with data that can be told apart; more than one way, where it depends on the data. */
  says: readonly string[];
}

/** Stands for the n-th datum of a sentence. */
const marker = (n: number): string => `‹${n}›`;

export function markersIn(text: string): string[] {
  return (text.match(/‹\d›/g) ?? []).toSorted();
}

type Template = (...data: never[]) => string;
type Part = string | Template | readonly Part[] | { readonly [key: string]: Part };

/** Everything in a catalogue, or in a part of one. */
export function leavesOf(value: Part, path = ''): Leaf[] {
  if (typeof value === 'string') return [{ path, says: [value] }];
  if (typeof value === 'function') return [{ path, says: saidBy(value) }];
  return Object.entries(value).flatMap(([key, part]) =>
    leavesOf(part, path === '' ? key : `${path}.${key}`),
  );
}

/** With every datum; with a single one of what is counted; and with each datum unknown, in turn. */
function saidBy(template: Template): string[] {
  const data: unknown[] = Array.from({ length: template.length }, (_, index) => marker(index + 1));
  const variants: unknown[][] = [
    data,
    [1, ...data.slice(1)],
    ...data.map((_, index) => data.with(index, undefined)),
  ];
  return variants.map((variant) => String(Reflect.apply(template, undefined, variant)));
}
