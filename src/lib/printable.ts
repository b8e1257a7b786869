/** Control characters, which a terminal would obey, and those that change the direction of what follows. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu;

/** What somebody else wrote, made safe to stand in a line. */
export function printable(text: string): string {
  return text.replace(UNSEEN, ' ').trim();
}

/** JSON on one line, without a character that a terminal would obey. */
export function printableJson(data: object): string {
  return JSON.stringify(data).replace(
    /[\u007f-\u009f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
