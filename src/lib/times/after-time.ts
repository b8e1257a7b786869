/** The text from `length` on, without what parts a time from what follows it. */
export function afterTime(text: string, length: number): string {
  return text.slice(length).replace(/^\s*(?:[,;:—–-]+(?=\s|$))?\s*/u, '');
}
